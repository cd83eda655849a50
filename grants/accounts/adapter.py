"""How django-allauth speaks and acts inside the product."""

from typing import Any
from urllib.parse import urljoin, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from grants.accounts.addresses import is_inside
from workflows.services.messages import queue_raw_message

LONGEST_ADDRESS, LONGEST_LOCAL_PART = 254, 64  # RFC 5321, 4.5.3.1


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sends every mail through the outbox, in the reader's language, with links to the product's own address."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the mail and put it into the outbox: the web process talks to no mail server.

        So the answer to a form is the same, and as quick, whether the address is known or the mail server is down.
        """
        reader = context.get("user")
        language = getattr(reader, "language", None) or translation.get_language() or settings.LANGUAGE_CODE
        values = {name: _at_home(name, value) for name, value in context.items()}
        with translation.override(language):
            mail = self.render_mail(template_prefix, email, {"email": email, "site_url": settings.SITE_URL, **values})
            queue_raw_message(
                kind="account",
                to_email=email,
                subject=str(mail.subject),
                text=str(mail.body),
                html="",
                language=language,
                dedupe=None,
            )

    def clean_email(self, email: str) -> str:
        """Refuse what no mail server takes, before an account is made for it."""
        local = email.partition("@")[0]
        if len(email) > LONGEST_ADDRESS or len(local) > LONGEST_LOCAL_PART:
            raise ValidationError(_("This address is too long. Check whether it is one address."))
        return email

    def is_safe_url(self, url: str | None) -> bool:
        """Whether a `next` address stays inside the product."""
        return is_inside(self.request, url)


def _at_home(name: str, value: Any) -> Any:
    """A link under the product's own address: the host of a request is what its sender says."""
    if not name.endswith("_url"):
        return value
    parts = urlsplit(value)
    return urljoin(settings.SITE_URL, parts._replace(scheme="", netloc="").geturl())
