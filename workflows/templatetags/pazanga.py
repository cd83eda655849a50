"""Template words of the product, `{% load pazanga %}`: they join workflows.formatting and templates/components/."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from heroicons import _render_icon as heroicon

from workflows import clock, form_display, formatting, text
from workflows.differences import differences

register = template.Library()
SITE_NAME = "Pažanga"
NOTICE_ICONS = {"ok": "check-circle", "info": "information-circle", "warn": "clock", "danger": "exclamation-triangle"}
STAGES = {
    "call": _("Call"),
    "application": _("Application"),
    "selection": _("Selection"),
    "implementation": _("Implementation"),
    "evaluation": _("Evaluation"),
}
MESSAGE_KINDS = {"success": "ok", "warning": "warn", "error": "danger"}

register.filter("number", formatting.number)
register.filter("euro", lambda value, cents="": formatting.euro(value, cents=bool(cents)))
register.filter("amount", formatting.amount)
register.filter("date_short", formatting.date_short)
register.filter("percent", formatting.percent)
register.filter("date_long", lambda value, weekday="": formatting.date_long(value, weekday=bool(weekday)))
register.filter("moment", formatting.moment)
register.filter("moment_short", formatting.moment_short)
register.filter("moment_text", formatting.moment_text)
register.filter("filesize", formatting.filesize)
register.filter("plural", formatting.plural)
register.filter("localized", text.localized)
register.filter("localized_field", text.localized_field)


@register.filter
def days_left(value: date | datetime | None, zone: str | None = None) -> str:
    """Say what is left until a deadline, or by how much it is late, by the product's one clock."""
    return formatting.time_left(value, clock.now(), zone)


@register.filter
def is_past(value: date | datetime | None) -> bool:
    """Tell whether a date or moment has passed; a date lasts until its day ends in the reader's zone."""
    now = clock.now()
    if isinstance(value, datetime):
        return value < now
    return value is not None and value < timezone.localdate(now)


@register.filter
def get(mapping: Mapping[Any, Any] | None, key: Any) -> Any:
    """Look a key up in a mapping; nothing where it is missing."""
    return (mapping or {}).get(key, "")


@register.filter
def first_of(things: Sequence[Any], most: int | None) -> Sequence[Any]:
    """Return the first so many of the things; all of them where no number is given."""
    return things[:most] if most else things


@register.simple_tag
def page_title(*parts: Any) -> str:
    """Return the title of a page, from the special to the general, ending in the product's name."""
    return " – ".join([str(part) for part in parts if part] + [SITE_NAME])


@register.inclusion_tag("components/breadcrumbs.html")
def crumbs(*way: Any) -> dict[str, Any]:
    """Show the way to a page: labels and addresses in turn, from the general to the special."""
    return {"crumbs": list(zip(way[::2], way[1::2], strict=True))}


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Return a decorative outline icon (a name of heroicons); the words beside it carry the meaning."""
    # The picture comes from the installed package, the class from templates: nothing here was typed by anybody. A name
    # may arrive as a template's safe string, which the package would not take.
    drawn = heroicon("outline", "".join(name), None, {"class": f"icon {css}".strip(), "stroke_width": "2"})
    return mark_safe(drawn)  # noqa: S308


@register.filter
def notice_kind(message_tags: str) -> str:
    """Return the notice's kind for a message of django.contrib.messages."""
    return MESSAGE_KINDS.get(message_tags.rsplit(" ", maxsplit=1)[-1], "info")


@register.simple_block_tag
def notice(content: str, kind: str = "info", role: str = "") -> SafeString:
    """Wrap paragraphs in a notice of one of the kinds ok, info, warn, danger."""
    sign = icon(NOTICE_ICONS.get(kind, NOTICE_ICONS["info"]))
    return format_html(
        '<div class="notice notice--{}"{}>{}<div>{}</div></div>',
        kind,
        format_html(' role="{}"', role) if role else "",
        sign,
        content,
    )


@register.simple_block_tag
def ask(content: str, summary: str, opened: bool = False) -> SafeString:
    """Wrap an explanation ("how was this counted") in a disclosure that works without scripts."""
    start = format_html('<details class="ask"{}>', SafeString(" open") if opened else "")
    return format_html("{}<summary>{}</summary>{}</details>", start, summary, content)


@register.simple_block_tag
def table_scroll(content: str, label: str) -> SafeString:
    """Let a wide table scroll sideways in a named group, reachable by keyboard. Not a region: its heading names one."""
    return format_html('<div class="scroll" role="group" aria-label="{}" tabindex="0">{}</div>', label, content)


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, css: str = "") -> dict[str, Any]:
    """Show one field of a form: label, hint, error, control, counter."""
    return {"view": form_display.field_view(bound), "css": css}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*parts: Any) -> dict[str, Any]:
    """Show all errors of forms and formsets on top of the form, each leading to its field."""
    return {"lines": list(form_display.error_lines(parts))}


@register.inclusion_tag("components/form.html")
def form_fields(form: Any, summary: bool = True) -> dict[str, Any]:
    """Show a whole form's inside: error summary and fields. The <form> element and its buttons are the page's."""
    return {"form": form, "summary": summary}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page, name: str = "page") -> dict[str, Any]:
    """Show links to the pages of a list; other parameters of the address stay."""
    request = context.get("request")
    shown = page.paginator.get_elided_page_range(page.number)
    return {
        "page": page,
        "links": [(number, address(request, name, number)) for number in shown],
        "before": address(request, name, page.number - 1),
        "after": address(request, name, page.number + 1),
        "gap": page.paginator.ELLIPSIS,
    }


def address(request: Any, name: str, value: Any) -> str:
    """Return the query string of this page with one parameter changed."""
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query[name] = value
    return "?" + query.urlencode()


@register.inclusion_tag("components/filters.html", takes_context=True)
def filters(context: template.Context, filterset: Any, label: str) -> dict[str, Any]:
    """Show a filter form (django-filter) and a chip for each filter in force, which takes it off."""
    request = context.get("request")
    chips = []
    for bound in filterset.form:
        if filterset.form.is_valid() and filterset.form.cleaned_data.get(bound.name):
            query = request.GET.copy() if request else QueryDict(mutable=True)
            for name in (bound.html_name, "page"):
                query.pop(name, None)
            chips.append({"label": bound.label, "value": shown_value(bound), "url": "?" + query.urlencode()})
    return {
        "form": filterset.form,
        "fields": [form_display.field_view(bound, shown=("error",)) for bound in filterset.form],
        "label": label,
        "chips": chips,
    }


def shown_value(bound: BoundField) -> str:
    """Return a filter's value in words: the labels of chosen choices, else what was typed."""
    value = bound.data if bound.data is not None else bound.value()
    chosen = {str(one) for one in (value if isinstance(value, list | tuple) else [value])}
    labels = [str(label) for key, label in getattr(bound.field, "choices", []) if str(key) in chosen]
    return ", ".join(labels) or ", ".join(sorted(chosen))


@register.inclusion_tag("components/steps.html")
def steps(options: Iterable[Any], prefix: str = "step", quiet: bool = True) -> dict[str, Any]:
    """Show what can be done with a thing: possible steps as buttons in a row, the others below with their reasons.

    `options` are those of workflows.services.options_for; unless `quiet`, the first possible one is filled.
    """
    shown = list(options)
    return {
        "possible": [option for option in shown if option.allowed],
        "blocked": [option for option in shown if not option.allowed],
        "prefix": prefix,
        "quiet": quiet,
    }


@register.inclusion_tag("components/diff.html")
def diff(old: str, new: str) -> dict[str, Any]:
    """Show two versions of a text as one, with what was removed and what was added."""
    return {"parts": differences(old or "", new or "")}


@register.inclusion_tag("components/stages.html")
def stages(current: str, notes: Mapping[str, str] | None = None, finished: bool = False) -> dict[str, Any]:
    """Show the five stages: `current` is the key of the present one, `notes` say a few words under each key."""
    keys = list(STAGES)
    reached = len(keys) if finished else keys.index(current) if current in keys else 0
    return {
        "stages": [
            {"label": label, "note": (notes or {}).get(key, ""), "done": place < reached, "current": place == reached}
            for place, (key, label) in enumerate(STAGES.items())
        ]
    }
