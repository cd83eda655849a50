"""System check: a kind of message without its words does not start."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template

from workflows.messages import message_kinds


@register("workflows")
def check_messages(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every registered kind of message has its two templates, or leaves the HTML part to emails/plain.html."""
    found: list[CheckMessage] = []
    for kind in message_kinds():
        if kind.template == "":
            continue
        for name, required in ((kind.text_template, True), (kind.html_template, False)):
            try:
                get_template(name)
            except TemplateDoesNotExist as error:
                if required or str(error) != name:
                    found.append(
                        Error(f"The message kind {kind.kind} lacks {error}.", hint="Write it.", id="workflows.E010")
                    )
            except TemplateSyntaxError as error:
                found.append(Error(f"{name}: {error}", id="workflows.E011"))
    return found
