"""The page of the search: its address holds the question, so it can be sent to somebody or kept."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.search.examples import examples_for, flags_for
from reporting.search.forms import SearchForm
from reporting.search.language import Question, parse
from reporting.search.selectors import BY_KEY, address, of_everything, rows_of
from workflows import clock

PAGE = 25


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find what the reader may see: everything by kinds, or one kind page by page."""
    form = SearchForm(request.GET)
    valid = form.is_valid()
    text = form.cleaned_data.get("q", "") if valid else ""
    kind = BY_KEY.get(form.cleaned_data.get("kind", "") if valid else "")
    asked = parse(text)
    context = {
        "form": form, "text": text, "kind": kind, "examples": examples_for(request.user),
        "flags": flags_for(request.user), "asked": bool(text) or kind is not None,
    }  # fmt: skip
    context |= _found(request, asked, text, kind) if context["asked"] else {}
    context["notes"] = asked.notes
    return render(request, "reporting/search/search.html", context, status=200 if valid else 400)


def _found(request: HttpRequest, asked: Question, text: str, kind: object) -> dict[str, object]:
    now = clock.now()
    if kind is None:
        groups = of_everything(asked, request.user, now)
        return {"groups": [(group, address(text, group.kind.key)) for group in groups]}
    page = Paginator(kind.find(asked, request.user, now), PAGE).get_page(request.GET.get("page"))
    return {"page": page, "rows": rows_of(kind, page.object_list, request.user)}
