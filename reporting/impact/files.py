"""A report as files: tagged PDF in a language, and each table as CSV."""

from typing import Any

from django.utils.translation import gettext as _

from reporting.impact.shown import Document
from reporting.pdf import make_pdf
from reporting.tables import Table


def pdf_of(document: Document) -> bytes:
    """The tagged PDF of a document. Raises reporting.pdf.PdfFailed."""
    return make_pdf("impact.typ", pdf_data(document))


def pdf_data(document: Document) -> dict[str, Any]:
    """What the template is given: words only."""
    return {
        "language": document.language,
        "title": document.title,
        "author": "Pažanga",
        "day": [document.day.year, document.day.month, document.day.day],
        "kind": document.kind,
        "meta": document.meta,
        "footer": f"{document.address} · {document.as_of}",
        "labels": {"figures": _("In short")},
        "figures": [
            {"value": f.value, "unit": f.unit, "label": f.label, "formula": f.formula} for f in document.figures
        ],
        "sections": [
            {
                "title": section.title,
                "paragraphs": section.paragraphs,
                "charts": [
                    {"title": picture.title, "svg": picture.paper, "description": picture.description}
                    for picture in section.pictures
                ],
                "tables": [_table(table) for table in section.tables],
                "notes": section.notes,
            }
            for section in document.sections
        ],
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "columns": [{"label": column.label, "numeric": column.numeric} for column in table.columns],
        "rows": [[cell.text for cell in row] for row in table.rows],
        "note": table.note,
    }
