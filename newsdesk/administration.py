from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Django's administration behind the desk's own door."""

    default_site = "newsdesk.admin_site.DeskSite"
