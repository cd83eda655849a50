"""The one page of this room: a document, for those who may read it."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from grants.questionnaires.models import Document
from grants.questionnaires.permissions import can_see_document

log = logging.getLogger(__name__)


@require_safe
def document_download(request: HttpRequest, public_id: UUID) -> FileResponse:
    """Send a document as an attachment that no browser will run; strangers and unknown ids get the same 404."""
    document = Document.objects.select_related("case", "sheet").filter(public_id=public_id).first()
    if document is None or not can_see_document(request.user, document):
        raise Http404
    try:
        content = document.file.open("rb")
    except OSError:
        log.error("The content of document %s is not in the storage.", document.public_id)
        raise Http404
    response = FileResponse(content, as_attachment=True, filename=document.name, content_type=document.mime)
    for name, value in SAFE_HEADERS.items():
        response[name] = value
    return response


SAFE_HEADERS: dict[str, Any] = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}
