"""Files asked for by a question: which kinds, how large, how many, and for each row of a table if so stated."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.questionnaires.context import Context, Parsed, Problem, Question, Raw
from grants.questionnaires.fields.base import Finding, Kind, Shown, kind_of, register_kind
from grants.questionnaires.fields.rows import ROW, filled_rows
from grants.questionnaires.file_kinds import FORMATS
from grants.questionnaires.text import is_blank
from workflows import formatting

MOST_FILES = 20


@register_kind
class Files(Kind):
    """Uploaded documents. They are rows of their own (models.Document), so nothing is stored in the answer."""

    code = "files"
    grouped = True
    settings = {"formats": (list,), "max_mb": (int, float), "max_files": (int,), "per": (str,)}

    def check(self, question: Question, path: str) -> list[Finding]:
        """Kinds of file are known, sizes and numbers are positive."""
        findings = []
        formats = question.get("formats")
        if not isinstance(formats, list) or not formats:
            findings.append(Finding(f"{path}.formats", "Name at least one kind of file."))
            formats = []
        findings += [
            Finding(f"{path}.formats", f"Files of the kind “{name}” cannot be checked and are not accepted.")
            for name in formats
            if name not in FORMATS
        ]
        if question.get("max_mb", 1) <= 0 or question.get("max_files", 1) < 1:
            findings.append(Finding(f"{path}.max_mb", "Sizes and numbers of files must be above zero."))
        return findings

    def read(self, data: QueryDict, name: str, question: Question) -> Raw:
        """Nothing is typed."""
        return None

    def is_empty(self, raw: Raw) -> bool:
        """Decided by the documents, in `missing`."""
        return True

    def parse(self, raw: Raw, question: Question, context: Context) -> Parsed:
        """Never has a text."""
        return Parsed()

    def most(self, question: Question) -> int:
        """The most files, of each subject where there are subjects."""
        return int(question.get("max_files", 1 if question.get("per") else MOST_FILES))

    def subjects(self, question: Question, context: Context) -> list[tuple[str, str]]:
        """The rows for each of which a file is wanted: (row id, its name). One nameless one without `per`."""
        table = (
            context.question(f"{question['per']}s") or context.question(question["per"])
            if question.get("per")
            else None
        )
        if table is None or table["type"] != "table":
            return [("", "")]
        first = kind_of(table).columns(table)[0]["id"]
        rows = filled_rows(context.raw.get(table["id"]))
        return [(row.get(ROW, ""), str(row.get(first, "")) or str(at + 1)) for at, row in rows]

    def missing(self, raw: Raw, question: Question, context: Context) -> list[Problem]:
        """A sentence for each subject without a file."""
        there = {document.subject for document in context.documents.get(question["id"], [])}
        problems = []
        for subject, name in self.subjects(question, context):
            if subject in there or (not subject and there):
                continue
            sentence = _("Upload the file of “%(name)s”.") % {"name": name} if name else _("Upload the file.")
            problems.append(Problem(sentence, subject, missing=True))
        return problems

    def condition_values(self, value: Any) -> set[str]:
        """Files are not named by conditions."""
        return set()

    def show(self, value: Any, question: Question, context: Context) -> Shown:
        """The uploaded files."""
        names = dict(self.subjects(question, context))
        items = tuple(
            {
                "name": d.name,
                "size": formatting.filesize(d.size),
                "public_id": d.public_id,
                "of": names.get(d.subject, ""),
            }
            for d in context.documents.get(question["id"], [])
        )
        return Shown("files", items=items, empty=not items)

    def limits(self, question: Question, context: Context) -> list[str]:
        """Kinds, size and number."""
        kinds = ", ".join(name.upper() for name in question["formats"])
        found = [
            _("Kinds of file: %(kinds)s, up to %(size)s MB.") % {"kinds": kinds, "size": question.get("max_mb", 10)}
        ]
        if question.get("per"):
            found.append(_("One for each row of the table."))
        elif question.get("max_files"):
            most = question["max_files"]
            found.append(ngettext("At most %(count)d file.", "At most %(count)d files.", most) % {"count": most})
        return found

    def control(self, raw: Raw, question: Question, context: Context, name: str) -> dict[str, Any]:
        """One control per subject, with what is already there."""
        uploaded = context.documents.get(question["id"], [])
        parts, seen = [], set()
        for subject, label in self.subjects(question, context):
            seen.add(subject)
            parts.append(self._part(name, subject, label, question, [d for d in uploaded if d.subject == subject]))
        strays = [d for d in uploaded if d.subject not in seen]
        return {"parts": parts, "strays": [_shown(d) for d in strays], "waits": bool(question.get("per")) and not parts}

    def _part(self, name: str, subject: str, label: str, question: Question, there: list[Any]) -> dict[str, Any]:
        return {
            "name": f"{name}-{subject}" if subject else name,
            "anchor": subject,
            "label": label,
            "documents": [_shown(document) for document in there],
            "more": len(there) < self.most(question),
            "several": self.most(question) > 1,
            "accept": ",".join(f".{extension}" for f in question["formats"] for extension in FORMATS[f].extensions),
        }


def _shown(document: Any) -> dict[str, str]:
    return {"name": document.name, "size": formatting.filesize(document.size), "public_id": document.public_id}


def subject_of(field_name: str, name: str) -> str | None:
    """The row a file control belongs to: `q-agreement-r2` is row `r2`, `q-agreement` none; None for other fields."""
    if field_name == name:
        return ""
    rest = field_name.removeprefix(f"{name}-")
    return None if rest == field_name or is_blank(rest) or len(rest) > 40 else rest
