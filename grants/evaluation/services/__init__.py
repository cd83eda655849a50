"""The verbs of evaluation."""

from grants.evaluation.services.catalogue import load_indicators
from grants.evaluation.services.indicators import copy_indicators
from grants.evaluation.services.measuring import (
    Content,
    approve_measurement,
    return_measurement,
    save_measurement,
    submit_measurement,
)
from grants.evaluation.services.turns import renew_measuring_work

__all__ = [
    "Content",
    "approve_measurement",
    "copy_indicators",
    "load_indicators",
    "renew_measuring_work",
    "return_measurement",
    "save_measurement",
    "submit_measurement",
]
