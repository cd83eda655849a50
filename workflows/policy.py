"""Who sees and does what: exclusions, audiences, and the verbs with their twins."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Exists, OuterRef, Q, QuerySet

from workflows import statements
from workflows.models import Exclusion

_memory: ContextVar[dict[Any, Any] | None] = ContextVar("workflows_policy_memory", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Within it, `recall` asks the database once for each question; an outer memory is kept."""
    if _memory.get() is not None:
        yield
        return
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


def recall(key: Any, ask: Callable[[], Any]) -> Any:
    """The answer to a question, remembered inside `remembering()` and asked anew outside."""
    memory = _memory.get()
    if memory is None:
        return ask()
    if key not in memory:
        memory[key] = ask()
    return memory[key]


def excluded_cases(user: Any) -> frozenset[int]:
    """The cases from which a person is kept away now."""
    return recall(("excluded", user.pk), lambda: statements.excluded_cases(user.pk))


def is_excluded(user: Any, case_id: int) -> bool:
    """Whether a person is kept away from a case in every capacity held for the funder."""
    return case_id in excluded_cases(user)


def without_excluded(queryset: QuerySet[Any], user: Any, case: str = "case") -> QuerySet[Any]:
    """The rows whose case the person is not kept away from; `case` is the path to it (`pk` for cases themselves)."""
    path = case if case.endswith(("_id", "pk", "id")) else f"{case}_id"
    kept_away = Exclusion.objects.filter(user_id=user.pk, until__isnull=True, case_id=OuterRef(path))
    return queryset.filter(~Exists(kept_away))


@dataclass(frozen=True, slots=True)
class Audience:
    """A kind of address for work: who is in it, and which of them a person belongs to."""

    prefix: str
    keys_of: Callable[[Any], set[str]]
    people: Callable[[str], QuerySet[Any]]
    for_funder: bool


_audiences: dict[str, Audience] = {}


def register_audiences(
    prefix: str,
    *,
    of: Callable[[Any], set[str]],
    people: Callable[[str], QuerySet[Any]],
    for_funder: bool = True,
) -> None:
    """Tell the engine of a kind of audience such as `org:12`.

    of(user) -> the full keys a person belongs to; people(value) -> the users behind the part after the colon.
    for_funder: held for the funder, so that an exclusion takes it away; an applicant's team keeps its own.
    """
    if prefix in _audiences:
        raise ImproperlyConfigured(f"The audience {prefix!r} is registered already.")
    _audiences[prefix] = Audience(prefix, of, people, for_funder)


def audiences_of(user: Any) -> set[str]:
    """Every audience key a person belongs to."""
    if not user.is_authenticated or not user.is_active:
        return set()
    return recall(
        ("audiences", user.pk),
        lambda: {key for audience in _audiences.values() for key in audience.keys_of(user)},
    )


def people_in(audience: str, case_id: int | None = None) -> QuerySet[Any]:
    """The active people behind an audience key, less those kept away from the case; the twin of `audiences_of`."""
    prefix, _colon, value = audience.partition(":")
    kind = _audiences.get(prefix)
    if kind is None:
        raise LookupError(f"No room has registered the audience {prefix!r}.")
    people = kind.people(value).filter(is_active=True)
    if case_id is not None and kind.for_funder:
        kept_away = Exclusion.objects.filter(case_id=case_id, until__isnull=True, user_id=OuterRef("pk"))
        people = people.filter(~Exists(kept_away))
    return people


def people_with(case_id: int | None, *audiences: str) -> QuerySet[Any]:
    """The active people behind any of the audience keys, less those kept away from the case."""
    keys = [people_in(audience, case_id).values("pk") for audience in audiences]
    chosen = Q(pk__in=[])
    for key in keys:
        chosen |= Q(pk__in=key)
    return get_user_model().objects.filter(chosen)


def is_for_funder(audience: str) -> bool:
    """Whether people are in this audience for the funder, so that an exclusion takes it away. May raise LookupError."""
    kind = _audiences.get(audience.partition(":")[0])
    if kind is None:
        raise LookupError(f"No room has registered the audience {audience!r}.")
    return kind.for_funder


def visible_audiences(user: Any, case: str = "case_id") -> Q:
    """A filter on rows with `audience` and a case: those that this person is in and not kept away from."""
    mine = audiences_of(user)
    own = {key for key in mine if not _audiences[key.partition(":")[0]].for_funder}
    return Q(audience__in=own) | (Q(audience__in=mine - own) & ~Q(**{f"{case}__in": excluded_cases(user)}))


register_audiences(
    "user",
    of=lambda user: {f"user:{user.pk}"},
    people=lambda value: get_user_model().objects.filter(pk=value),
)


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb of the policy with its twins: may this person, which rows, which people."""

    name: str
    label: Any
    model: str
    can: Callable[[Any, Any], bool]
    visible_to: Callable[[Any], QuerySet[Any]] | None = None
    who_may: Callable[[Any], QuerySet[Any]] | None = None


_verbs: dict[str, Verb] = {}


def register_verb(
    name: str,
    label: Any,
    *,
    model: str,
    can: Callable[[Any, Any], bool],
    visible_to: Callable[[Any], QuerySet[Any]] | None = None,
    who_may: Callable[[Any], QuerySet[Any]] | None = None,
) -> Verb:
    """Put a verb (`project.view`) under the policy table; the table's tests, page and docs follow from it."""
    if name in _verbs:
        raise ImproperlyConfigured(f"The verb {name!r} is registered already.")
    _verbs[name] = Verb(name, label, model, can, visible_to, who_may)
    return _verbs[name]


def verbs() -> list[Verb]:
    """Every verb under the policy, by name."""
    return [_verbs[name] for name in sorted(_verbs)]


def verb(name: str) -> Verb:
    """One verb by name; raises KeyError where there is none."""
    return _verbs[name]
