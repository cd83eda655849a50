"""The words of conflicts that the product finds by itself; stored is only the rule and what was compared."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

SENTENCES = {
    "member": gettext_noop("acts for the applicant %(name)s"),
    "former": gettext_noop("acted for the applicant %(name)s before"),
    "partner": gettext_noop("acts for the partner %(name)s"),
    "named": gettext_noop("is named in the application"),
    "domain": gettext_noop("has an e-mail address at %(domain)s, as the applicant"),
    "competitor": gettext_noop("acts for %(name)s, which applies in the same call"),
}
"""What each rule of `computed.computed_hits` says about a person."""


def in_words(hit: dict[str, Any]) -> str:
    """One find in the reader's language."""
    return _(SENTENCES[hit["rule"]]) % {"name": hit["name"], "domain": hit["name"]}
