"""The addresses of impact reports; a published one stays for ever."""

from django.urls import path, register_converter

from reporting.impact.views import downloads, reports


class LanguageConverter:
    """One of the two languages of a file."""

    regex = "lt|en"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(LanguageConverter, "report_language")

app_name = "impact"
urlpatterns = [
    path("", reports.report_list, name="list"),
    path("new/", reports.report_new, name="new"),
    path("<uuid:public_id>/", reports.report, name="report"),
    path("<uuid:public_id>/<report_language:language>.pdf", downloads.pdf, name="pdf"),
    path("<uuid:public_id>/figures.json", downloads.figures, name="figures"),
    path("<uuid:public_id>/<slug:name>.csv", downloads.table, name="table"),
]
