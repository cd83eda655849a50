"""The tables behind pictures, as files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from reporting.pictures.sources import picture_of
from reporting.tables import csv_of


@require_safe
def csv(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The table of one picture as CSV, as far as the reader may see it."""
    picture = picture_of(kind, request.user, key, request.GET.dict())
    if picture is None:
        raise Http404
    answer = HttpResponse(csv_of(picture.table), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slugify(f"{kind}-{key}")}.csv"'
    return answer
