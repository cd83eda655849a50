"""`manage.py extract_messages`: bring the catalogues in step with code and templates, keeping every translation."""

from typing import Any

from django.core.management.base import BaseCommand

from config import messages


class Command(BaseCommand):
    help = "Extract every text into the catalogues: sorted, without line numbers, so that merges stay calm."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Merge, and say how much is left to translate."""
        for language in messages.languages():
            catalogue = messages.merge(language)
            left = len(messages.judge(language).untranslated)
            self.stdout.write(f"{language}: {len(catalogue)} texts, {left} to translate")
