"""Cutting JSON in the database, the same on SQLite and PostgreSQL."""

from typing import Any

from django.db.models import Func, JSONField


class WithoutContent(Func):
    """An announced text without its content document: kilobytes instead of tens of them."""

    template = "json_remove(%(expressions)s, '$.content')"
    output_field = JSONField()
    arity = 1

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(
            compiler, connection, template="(%(expressions)s - 'content')", **context
        )
