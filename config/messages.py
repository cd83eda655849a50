"""Translations without gettext's programs: extract from code and templates, merge, compile, judge; all with Babel."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed
from django.utils.translation.template import templatize

SOURCES = ("config", "workflows", "grants", "reporting", "templates")
SOURCE_LANGUAGE = "en"
CONTEXT_FIRST = ((1, "c"), 2)
CONTEXT_AND_PLURAL = ((1, "c"), 2, 3)
KEYWORDS = {
    "_": None,
    **{f"{name}{lazy}": what for lazy in ("", "_lazy") for name, what in (
        ("gettext", None), ("ngettext", (1, 2)), ("pgettext", CONTEXT_FIRST), ("npgettext", CONTEXT_AND_PLURAL),
    )},
    "gettext_noop": None,
}  # fmt: skip
UNCHANGING_DATE = datetime(2026, 1, 1, tzinfo=UTC)
"""In every header, so that two branches that extract on different days do not collide."""


@dataclass(frozen=True)
class Judgement:
    """What a catalogue lacks; messages as a person can find them."""

    missing: list[str]
    untranslated: list[str]
    fuzzy: list[str]
    obsolete: list[str]
    broken: list[str]

    @property
    def is_complete(self) -> bool:
        """Nothing lacks."""
        return not (self.missing or self.untranslated or self.fuzzy or self.obsolete or self.broken)


def languages() -> list[str]:
    """The languages that need a catalogue: all but the one the code is written in."""
    return [code for code, _name in settings.LANGUAGES if code != SOURCE_LANGUAGE]


def catalogue_file(language: str) -> Path:
    """The one catalogue of a language."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def _source_files() -> Iterator[Path]:
    for name in SOURCES:
        for path in sorted((settings.BASE_DIR / name).rglob("*")):
            if path.suffix in (".py", ".html", ".txt", ".svg") and "migrations" not in path.parts:
                yield path


def _python_of(path: Path) -> str:
    """The file as something Python's tokenizer can read, with a gettext call for each translated text."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    # templatize() turns all other text into X; without indentation each line is a statement of its own.
    return "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())


def extract() -> Catalog:
    """Every text that code and templates ask to have translated."""
    found = Catalog(fuzzy=False)
    for path in _source_files():
        source = io.BytesIO(_python_of(path).encode())
        for _line, function, texts, comments in extract_python(source, KEYWORDS, ("Translators:",), {}):
            _add(found, str(function or ""), texts, comments)
    return found


def _add(catalogue: Catalog, function: str, texts: Any, comments: Any) -> None:
    given: list[Any] = list(texts) if isinstance(texts, tuple) else [texts]
    context = given.pop(0) if "pgettext" in function else None
    if not given or not all(isinstance(text, str) for text in given[:2]):
        return
    identity = tuple(given[:2]) if function.startswith(("n", "np")) and len(given) > 1 else given[0]
    if identity:
        catalogue.add(identity, context=context, user_comments=comments)


def read(language: str) -> Catalog:
    """The catalogue as it lies in the project; an empty one where there is none yet."""
    file = catalogue_file(language)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as source:
        return read_po(source, locale=language)


def merge(language: str) -> Catalog:
    """Write the catalogue with every text of the code, translations kept, texts that are gone dropped, sorted."""
    catalogue = read(language)
    catalogue.update(extract(), no_fuzzy_matching=True, update_header_comment=False)
    catalogue.header_comment = "# Lithuanian texts of Pažanga." if language == "lt" else ""
    catalogue.project, catalogue.version, catalogue.fuzzy = "Pažanga", "", False
    catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = ""
    catalogue.creation_date = catalogue.revision_date = UNCHANGING_DATE
    for message in catalogue:
        message.locations, message.previous_id = [], []
    file = catalogue_file(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as target:
        write_po(target, catalogue, width=100, no_location=True, sort_output=True, ignore_obsolete=True)
    return catalogue


def compile_all(*, force: bool = False) -> list[Path]:
    """Write the compiled catalogues that are older than their text, speak by them at once; returns those written.

    On a new machine the process that compiles them has already looked for them in vain, and would remember that: the
    demonstration that it loads next would then be told in English.
    """
    written = []
    for language in (*languages(), SOURCE_LANGUAGE):  # English has words of ours for texts of other packages only
        source = catalogue_file(language)
        target = source.with_suffix(".mo")
        if not source.exists():
            continue
        if not force and target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        unfinished = target.with_suffix(".part")
        with unfinished.open("wb") as output:
            write_mo(output, read(language))
        unfinished.replace(target)
        written.append(target)
    if written:
        forget_what_was_read()
    return written


def forget_what_was_read() -> None:
    """Let Django read the catalogues anew, as its development server does when one of them changes."""
    language = translation.get_language()
    translation_file_changed(sender=None, file_path=Path("django.mo"))
    if language is None:
        translation.deactivate_all()
    else:
        translation.activate(language)


def judge(language: str) -> Judgement:
    """Compare the catalogue with the code."""
    wanted, catalogue = extract(), read(language)
    messages = [message for message in catalogue if message.id]
    known = {(message.context, _key(message)) for message in messages}
    asked = {(message.context, _key(message)) for message in wanted if message.id}
    return Judgement(
        missing=[_name(m) for m in wanted if m.id and (m.context, _key(m)) not in known],
        untranslated=[_name(m) for m in messages if not m.fuzzy and not _is_translated(m)],
        fuzzy=[_name(m) for m in messages if m.fuzzy],
        obsolete=[_name(m) for m in messages if (m.context, _key(m)) not in asked]
        + [_name(m) for m in catalogue.obsolete.values()],
        broken=[f"{_name(m)}: {problem}" for m, problems in catalogue.check() for problem in problems],
    )


def _key(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else message.id


def _name(message: Message) -> str:
    return f"{message.context}|{_key(message)}" if message.context else _key(message)


def _is_translated(message: Message) -> bool:
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(texts) and all(texts)
