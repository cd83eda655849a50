"""Where a person may be sent on to: only inside the product."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def is_inside(request: HttpRequest, url: str | None) -> bool:
    """Whether the address leads to a page of the product and nowhere else."""
    return url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}, require_https=request.is_secure())


def next_inside(request: HttpRequest, default: str = "/") -> str:
    """The address in the posted `next`, or the default where it is missing or leads outside."""
    url = request.POST.get("next", "")
    return url if is_inside(request, url) else default
