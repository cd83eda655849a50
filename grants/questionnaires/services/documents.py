"""Documents: stored only after every check, and never by a row that points to a missing or short file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.accounts.models import User
from grants.questionnaires.context import Question
from grants.questionnaires.fields import kinds
from grants.questionnaires.file_check import FileFacts, FileRefused, check_file
from grants.questionnaires.models import AnswerSheet, Document, document_storage
from grants.questionnaires.storage import random_name
from workflows import clock, statements
from workflows.models import Case

DEFAULT_MB = 10


def store_document(
    *,
    upload: Any,
    case: Case,
    category: str,
    by: User | None,
    formats: Iterable[str],
    max_mb: float = DEFAULT_MB,
    sheet: AnswerSheet | None = None,
    key: str = "",
    subject: str = "",
    most: int | None = None,
) -> Document:
    """Check an uploaded file and keep it as a document of a case.

    `upload` is Django's UploadedFile (or any File with `name` and perhaps `content_type`); `max_mb` counts megabytes
    of 1,048,576 bytes; `most` limits the documents of this sheet, key and subject. The same content given twice for
    the same question is one document. Raises FileRefused with a sentence.
    """
    facts = check_file(
        upload,
        name=upload.name or "",
        declared_mime=getattr(upload, "content_type", "") or "",
        formats=formats,
        max_mb=max_mb,
    )
    place = {"case": case, "sheet": sheet, "category": category, "key": key, "subject": subject}
    storage = document_storage()
    name = storage.save(random_name(), File(upload))
    try:
        if storage.size(name) != facts.size:
            raise FileRefused(_("The file did not arrive whole. Upload it again."))
        document, is_new = _insert(place, name, facts, by, most)
    except BaseException:
        storage.delete(name)
        raise
    if not is_new:
        storage.delete(name)
    return document


def _insert(
    place: dict[str, Any], name: str, facts: FileFacts, by: User | None, most: int | None
) -> tuple[Document, bool]:
    with transaction.atomic():
        if place["sheet"] is not None:
            statements.get_locked(AnswerSheet, place["sheet"].pk)
            there = list(Document.objects.filter(**place, removed_at__isnull=True))
            same = next((document for document in there if document.sha256 == facts.sha256), None)
            if same is not None:
                return same, False
            if most is not None and len(there) >= most:
                raise FileRefused(
                    ngettext(
                        "Only %(most)d file may be given here. Remove the other one first.",
                        "Only %(most)d files may be given here. Remove one first.",
                        most,
                    )
                    % {"most": most}
                )
        document = Document(
            **place, name=facts.name, size=facts.size, sha256=facts.sha256, mime=facts.mime, uploaded_by=by,
            at=clock.now(),
        )  # fmt: skip
        document.file.name = name
        document.save()
        return document, True


def attach_document(
    *, sheet: AnswerSheet, question: Question, upload: Any, by: User | None, subject: str = ""
) -> Document:
    """Keep a file as the answer to a question of the kind `files`, within its limits; raises FileRefused."""
    return store_document(
        upload=upload,
        case=sheet.case,
        category=f"{sheet.kind}/{question['id']}",
        by=by,
        formats=question["formats"],
        max_mb=question.get("max_mb", DEFAULT_MB),
        sheet=sheet,
        key=question["id"],
        subject=subject,
        most=kinds()["files"].most(question),
    )


def remove_document(*, document: Document, by: User) -> None:
    """Take a document out of its sheet. The content stays, because a submitted copy may name it by its digest."""
    with transaction.atomic():
        Document.objects.filter(pk=document.pk, removed_at__isnull=True).update(removed_at=clock.now(), removed_by=by)
    document.refresh_from_db()
