"""Public pages: what was funded, one project, results, how it is decided, figures. Nobody need sign in."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reporting.showcase import deciding, figures, places, project_page, results
from reporting.showcase.embeds import funded_figures
from reporting.showcase.filters import FundedFilter
from reporting.showcase.selectors import calls_with_results, funded_projects, in_order, shown
from reporting.tables import csv_of
from workflows.text import current_language

PAGE = 25


@require_safe
def funded_list(request: HttpRequest) -> HttpResponse:
    """The map and the list, narrowed by the same filters."""
    narrowed = FundedFilter(request.GET, queryset=funded_projects(), request=request)
    found = narrowed.qs if narrowed.is_valid() else narrowed.queryset.none()
    order = narrowed.form.cleaned_data.get("order") if narrowed.is_valid() else ""
    page = Paginator(in_order(found, order or "library"), PAGE).get_page(request.GET.get("page"))
    rows = [
        {"project": project, "title": project_page.title_of(project), "status": project_page.status_of(project)}
        for project in shown(list(page.object_list))
    ]
    context = {
        "filter": narrowed, "page": page, "rows": rows, "figures": funded_figures(),
        "picture": places.picture(request.user, places.ALL, request.GET.dict()),
        "narrowed": any(request.GET.get(name) for name in FundedFilter.base_filters),
    }  # fmt: skip
    return render(request, "reporting/showcase/list.html", context)


@require_safe
def project(request: HttpRequest, number: str) -> HttpResponse:
    """The public page of one funded project."""
    wanted = funded_projects(request.user).select_related("call", "organisation__municipality", "nomination")
    found = get_object_or_404(wanted, number=number)
    return render(request, "reporting/showcase/project.html", project_page.page_of(found))


@require_safe
def results_list(request: HttpRequest) -> HttpResponse:
    """The calls that have results, the newest first."""
    page = Paginator(calls_with_results(request.user).select_related("programme"), PAGE)
    return render(request, "reporting/showcase/calls.html", {"page": page.get_page(request.GET.get("page"))})


def _results(request: HttpRequest, code: str) -> dict[str, object]:
    calls = calls_with_results(request.user).select_related("programme").prefetch_related("criteria")
    return results.page_of(get_object_or_404(calls, code=code))


@require_safe
def results_of_call(request: HttpRequest, code: str) -> HttpResponse:
    """The results of one call, in the columns that its rules publish."""
    return render(request, "reporting/showcase/results.html", _results(request, code))


@require_safe
def results_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The same table as a file."""
    return _file(csv_of(_results(request, code)["table"]), f"{code}.csv")  # type: ignore[arg-type]


@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """How decisions are made."""
    return render(request, "reporting/showcase/deciding.html", deciding.page())


@require_safe
def programme_figures(request: HttpRequest) -> HttpResponse:
    """Figures of earlier programmes, each with its source."""
    groups = [(figures.NAMES[name], found) for name, found in figures.figures().items() if found]
    return render(request, "reporting/showcase/figures.html", {"groups": groups})


@require_safe
def figures_csv(request: HttpRequest) -> HttpResponse:
    """The same figures as a file."""
    return _file(csv_of(figures.table_of(current_language())), "figures.csv")


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
