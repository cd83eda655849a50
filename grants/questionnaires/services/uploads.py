"""Files that come with a section: each is kept or refused by itself; one bad file loses no other and no text."""

from __future__ import annotations

import re
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from grants.accounts.models import User
from grants.questionnaires.context import Problem
from grants.questionnaires.fields import kinds
from grants.questionnaires.fields.files import subject_of
from grants.questionnaires.file_content import FileRefused
from grants.questionnaires.models import AnswerSheet, Document
from grants.questionnaires.selectors import context_of, input_name
from grants.questionnaires.services.documents import attach_document, remove_document

_REMOVE = re.compile(r"remove-file:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


def take_files(
    *,
    sheet: AnswerSheet,
    section: dict[str, Any],
    data: QueryDict,
    files: MultiValueDict[str, Any] | None,
    by: User,
    result: Any,
) -> None:
    """Obey `remove-file:<id>`, keep the files of the section's questions, and say of each refused one why."""
    files = files if files is not None else MultiValueDict()
    questions = {q["id"]: q for q in section["questions"] if q["type"] == "files"}
    _remove(sheet, list(questions), data, by, result)
    for key, question in questions.items():
        for field_name in files:
            subject = subject_of(field_name, input_name(key))
            if subject is None:
                continue
            known = {row for row, _name in kinds()["files"].subjects(question, context_of(sheet))}
            for upload in files.getlist(field_name):
                name = upload.name or ""
                try:
                    if subject not in known:
                        raise FileRefused(_("The row to which the file belongs is not there any more."))
                    attach_document(sheet=sheet, question=question, upload=upload, by=by, subject=subject)
                    result.saved.append(key)
                except FileRefused as error:
                    sentence = _("%(file)s: %(message)s") % {"file": name[:120], "message": error}
                    result.refused.setdefault(key, []).append(Problem(sentence, subject))
            result.anchor = input_name(key)


def _remove(sheet: AnswerSheet, keys: list[str], data: QueryDict, by: User, result: Any) -> None:
    for name in data:
        found = _REMOVE.fullmatch(name)
        document = (
            found
            and Document.objects.filter(
                public_id=found.group(1), sheet=sheet, key__in=keys, removed_at__isnull=True
            ).first()
        )
        if document:
            remove_document(document=document, by=by)
            result.anchor = input_name(document.key)
