"""Tagged PDF of a document: data goes in as JSON, a child process makes the file and can be killed."""

from reporting.pdf.making import PdfFailed, make_pdf

__all__ = ["PdfFailed", "make_pdf"]
