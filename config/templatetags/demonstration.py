"""What a demonstration says above every page."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from config import starting_over

register = template.Library()


@register.inclusion_tag("components/banner.html")
def demonstration_banner() -> dict[str, Any]:
    """Say that this is a demonstration, and how it is begun anew; nothing where it is none. Works on error pages."""
    if not settings.DEMO:
        return {}
    banner: dict[str, Any] = {
        "lead": _("A demonstration."),
        "text": _("People, sums and decisions are invented; try whatever you like."),
    }
    if settings.DEMO_CAN_START_OVER:
        banner |= {"url": reverse("start_over"), "label": _("Start over")}
        progress = starting_over.progress_of(settings.VAR_DIR)
        if progress is not None and progress.is_under_way:
            banner |= {
                "lead": _("A fresh demonstration is being loaded."),
                "text": _("In about a minute it replaces this one, and everything that was done here is gone."),
                "label": _("See how far it is"),
            }
    return banner
