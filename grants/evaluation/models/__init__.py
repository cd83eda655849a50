"""The tables of evaluation."""

from grants.evaluation.models.indicators import IndicatorDefinition, ProjectIndicator
from grants.evaluation.models.measurements import Measurement

__all__ = ["IndicatorDefinition", "Measurement", "ProjectIndicator"]
