"""One question asked outside of any sheet."""

import pytest
from django.utils.translation import override

from grants.questionnaires.context import Choice, Context
from grants.questionnaires.fields import kind_of

RULES = {
    "categories": [
        {"id": "library", "label": {"lt": "Bibliotekos", "en": "Libraries"},
         "nominations": [{"id": "innovation", "label": {"lt": "Inovacijos", "en": "Innovations"}}]},
        {"id": "branch", "label": {"lt": "Filialai", "en": "Branches"},
         "nominations": [{"id": "community", "label": {"lt": "Bendruomeniškiausia", "en": "Closest"}}]},
    ],
}  # fmt: skip
TOWNS = [Choice("LT-01", "Akmenės rajono savivaldybė"), Choice("LT-57", "Vilniaus miesto savivaldybė")]


def context_for(*questions, rules=None, language="en", **raw):
    """A context with these questions and these raw answers."""
    definition = {
        "sections": [{"id": "only", "title": "Only", "questions": list(questions)}],
        "rules": RULES if rules is None else rules,
    }
    return Context(
        definition=definition,
        language=language,
        raw=raw,
        municipalities=lambda: TOWNS,
        organisations=lambda: [Choice("LIB-01", "Akmenės biblioteka")],
        source_names=lambda: {"valstybes": "State", "nuosavos": "Own"},
    )


@pytest.fixture
def ask():
    """`ask(question, raw)` gives what was understood and the sentences, in English."""

    def asked(question, raw, language="en"):
        question = {"id": "asked", "label": {"en": "Asked"}, **question}
        context = context_for(question, language=language, asked=raw)
        with override(language):
            if kind_of(question).is_empty(raw):
                return None, ["EMPTY"]
            parsed = kind_of(question).parse(raw, question, context)
            return parsed.value, [problem.message for problem in parsed.problems]

    return asked
