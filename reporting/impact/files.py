"""A report as files: tagged PDF in a language, and each table as CSV."""

import csv
import io
from typing import Any

from django.utils.translation import gettext as _

from reporting.impact.shown import Document, Table
from reporting.impact.shown.parts import Cell
from reporting.pdf import make_pdf

RISKY = ("=", "+", "-", "@", "\t", "\r")
"""First letters with which a spreadsheet would take a text for a formula."""


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
                    {"title": chart.title, "svg": chart.print_svg, "description": chart.description}
                    for chart in section.charts
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


def csv_of(table: Table) -> bytes:
    """A table as CSV for spreadsheets: UTF-8 with its mark, bare numbers, no cell that begins a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([safe(column.label) for column in table.columns])
    for row in table.rows:
        writer.writerow([_bare(cell) for cell in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _bare(cell: Cell) -> str:
    """The bare value where there is one, else the words."""
    value = cell.text if cell.raw is None else str(cell.raw)
    return value if _is_number(value) else safe(value)


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit() and text.isascii()


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe stands before what would begin one."""
    return f"'{text}" if text.startswith(RISKY) else text
