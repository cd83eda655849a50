"""The tables that reporting owns, so that Django finds them."""

from reporting.impact.models import ImpactReport, ReportPdf

__all__ = ["ImpactReport", "ReportPdf"]
