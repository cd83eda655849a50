"""What supervisors and monitors ask."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from workflows.services.health import report


@never_cache
@require_safe
def health_page(request: HttpRequest) -> JsonResponse:
    """200 where everything from the timer to the worker is well, else 503; figures only, nothing of anybody."""
    told, well = report()
    return JsonResponse(told, status=200 if well else 503)


@never_cache
@require_safe
def alive_page(request: HttpRequest) -> JsonResponse:
    """200 as long as this web process answers; asks nothing else."""
    return JsonResponse({"alive": True})
