from django.apps import AppConfig


class ProceduresPortalConfig(AppConfig):
    name = "procedures_portal"
    verbose_name = "Cổng thủ tục hành chính"
