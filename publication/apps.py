from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    name = "publication"
    verbose_name = _("Công bố, công khai")

    def ready(self) -> None:
        from catalog.changes import duties_changed
        from publication.default_rules import install_default_rules
        from publication.everyday_words import install_everyday_words
        from publication.roles import install_roles  # needs the models of every app
        from publication.wake import wake_gaps

        # Permissions are made after each migration, so the groups that hold them are too.
        post_migrate.connect(install_roles, dispatch_uid="publication.install_roles")
        post_migrate.connect(
            install_default_rules, sender=self, dispatch_uid="publication.install_default_rules"
        )
        post_migrate.connect(
            install_everyday_words, sender=self, dispatch_uid="publication.install_everyday_words"
        )
        duties_changed.connect(wake_gaps, dispatch_uid="publication.wake_gaps")
