"""Where a person may be sent on to: only inside the product."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def is_inside(request: HttpRequest, url: str | None) -> bool:
    """Whether the address leads to a page of the product and nowhere else."""
    return url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}, require_https=request.is_secure())


LONGEST = 2000
"""Characters of an address to be sent on to; Django refuses to redirect to more than 2,048."""


def next_inside(request: HttpRequest, default: str = "/") -> str:
    """The address in the posted `next`, or the default where it is missing, leads outside, or is no whole path."""
    url = request.POST.get("next", "")
    return url if url.startswith("/") and len(url) <= LONGEST and is_inside(request, url) else default
