"""Papers of the agreement: the signed copy, kept beside the facts."""

from typing import Any

from grants.implementation.models import Agreement
from grants.implementation.permissions import can_coordinate, can_write
from grants.implementation.states import SIGNED_PAPER, AgreementState
from grants.questionnaires.models import Document
from grants.questionnaires.services.documents import store_document
from workflows.exceptions import NotPermitted

FORMATS = ("pdf", "adoc")
MAX_MB = 20


def may_add_paper(user: Any, agreement: Agreement) -> bool:
    """Both sides may add the signed copy once the agreement is sent."""
    known = agreement.state in {AgreementState.SENT, AgreementState.SIGNED}
    return known and (can_coordinate(user, agreement) or can_write(user, agreement))


def add_paper(*, agreement: Agreement, upload: Any, by: Any) -> Document:
    """Keep a signed copy (PDF or ADOC, at most 20 MB). Raises NotPermitted, or FileRefused with a sentence."""
    if not may_add_paper(by, agreement):
        raise NotPermitted
    return store_document(
        upload=upload, case=agreement.case, category=SIGNED_PAPER, by=by, formats=FORMATS, max_mb=MAX_MB, most=None
    )


def papers_of(agreement: Agreement) -> list[Document]:
    """The signed copies, newest first."""
    kept = Document.objects.filter(case_id=agreement.case_id, category=SIGNED_PAPER, removed_at__isnull=True)
    return list(kept.select_related("uploaded_by").order_by("-at", "-pk"))
