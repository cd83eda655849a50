"""Reading a call's document (schema "illustrative-call/1"): every fault is a sentence with its place."""

from grants.calls.document.check import check_document
from grants.calls.document.reading import BadDocument, read_document

__all__ = ["BadDocument", "check_document", "read_document"]
