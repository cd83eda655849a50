"""The kinds of messages: each room registers its own, with its words and its topic."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class MessageKind:
    """One kind of message. Its words are in templates/emails/<template>.txt, and .html where plain is not enough.

    for_team: it goes to people as members of the applicant's team, so that an exclusion does not hold it back.
    """

    kind: str
    label: Any
    description: Any
    topic: str
    for_team: bool = False
    template: str = ""

    @property
    def text_template(self) -> str:
        """The template of the words; its first line is `Subject: …`."""
        return f"emails/{self.template}.txt"

    @property
    def html_template(self) -> str:
        """The template of the picture of the words, where there is one."""
        return f"emails/{self.template}.html"


_kinds: dict[str, MessageKind] = {}


def register_message(
    kind: str, label: Any, description: Any, topic: str, *, for_team: bool = False, template: str | None = None
) -> MessageKind:
    """Tell the engine of a kind of message; once per kind.

    label: what it is, for lists · description: when it is sent and to whom · topic: under which a person may choose to
    get it (`applications`, `reminders` …) · for_team: see MessageKind · template: the name of the
    templates where it is not the kind's own; empty for words that are made elsewhere.
    """
    if kind in _kinds:
        raise ImproperlyConfigured(f"The message kind {kind!r} is registered already.")
    _kinds[kind] = MessageKind(kind, label, description, topic, for_team, kind if template is None else template)
    return _kinds[kind]


def message_kind(kind: str) -> MessageKind:
    """One kind; raises LookupError where no room has registered it."""
    try:
        return _kinds[kind]
    except KeyError:
        raise LookupError(f"No room has registered the message kind {kind!r}.") from None


def message_kinds() -> list[MessageKind]:
    """Every kind, by name."""
    return [_kinds[kind] for kind in sorted(_kinds)]


def message_label(kind: str) -> Any:
    """The words for a kind in a list; the kind itself where its room is gone."""
    return _kinds[kind].label if kind in _kinds else kind
