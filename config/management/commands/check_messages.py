"""`manage.py check_messages`: fail when a text of the product is not translated in full."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config import messages

SHOWN = 15
KINDS = (
    ("missing", "are in the code and not in the catalogue (make messages)"),
    ("untranslated", "have no translation"),
    ("fuzzy", "are marked as uncertain"),
    ("obsolete", "are in the catalogue and no longer in the code (make messages)"),
    ("broken", "have a translation whose placeholders differ"),
)


class Command(BaseCommand):
    help = "Compare the catalogues with code and templates."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print what lacks, by kind.

        Raises CommandError when anything does.
        """
        complete = True
        for language in messages.languages():
            judgement = messages.judge(language)
            complete = complete and judgement.is_complete
            for kind, sentence in KINDS:
                self._show(language, getattr(judgement, kind), sentence)
        if not complete:
            raise CommandError("The translations are not complete.")
        self.stdout.write("The translations are complete.")

    def _show(self, language: str, names: list[str], sentence: str) -> None:
        if not names:
            return
        self.stdout.write(f"{language}: {len(names)} texts {sentence}:")
        for name in names[:SHOWN]:
            self.stdout.write(f"  {name!r}")
        if len(names) > SHOWN:
            self.stdout.write(f"  and {len(names) - SHOWN} more")
