"""What a questionnaire's definition must be."""

import copy

import pytest

from grants.questionnaires.canonical import canonical_json, sha256_of
from grants.questionnaires.definition import check_definition
from grants.questionnaires.from_call import definition_from_call


def one(**question):
    """A definition with one question."""
    return {
        "sections": [{"id": "s", "title": "S", "questions": [{"id": "q", "type": "text", "label": "Q", **question}]}]
    }


def two(first, second, rules=None):
    questions = [
        {"id": "a", "type": "text", "label": "A", **first},
        {"id": "b", "type": "text", "label": "B", **second},
    ]
    return {"sections": [{"id": "s", "title": "S", "questions": questions}], "rules": rules or {}}


def found(definition):
    return [(finding.path, finding.message) for finding in check_definition(definition)]


def test_both_example_calls_can_be_published(call_one, call_two):
    assert found(definition_from_call(call_one)) == []
    assert found(definition_from_call(call_two)) == []


def test_definition_of_a_call_takes_its_form_annexes_and_rules(call_one):
    before = copy.deepcopy(call_one)
    definition = definition_from_call(call_one)
    assert call_one == before
    assert [section["id"] for section in definition["sections"]][-2:] == ["annexes", "declarations"]
    assert sorted(definition["rules"]) == [
        "budget_categories", "categories", "cofinancing", "eligibility", "indicators", "money",
    ]  # fmt: skip
    period = next(q for s in definition["sections"] for q in s["questions"] if q["id"] == "period")
    assert (period["from_earliest"], period["to_latest"]) == ("2027-06-01", "2028-05-31")
    assert (period["months_min"], period["months_max"]) == (6, 12)


def test_annexes_come_last_where_there_are_no_declarations(call_two):
    call_two["form"]["sections"].pop()
    assert [section["id"] for section in definition_from_call(call_two)["sections"]] == ["entry", "work", "annexes"]


ID = "An id begins with a letter and has only small Latin letters, digits and _."
WORDS = "A text in Lithuanian or English is needed."
TEXTS = "Write a text, or texts under “lt” and “en”."


@pytest.mark.parametrize(
    ("definition", "findings"),
    [
        (None, [("", "The definition must be an object with sections.")]),
        ([], [("", "The definition must be an object with sections.")]),
        ("{}", [("", "The definition must be an object with sections.")]),
        ({}, [("sections", "Give at least one section.")]),
        ({"sections": []}, [("sections", "Give at least one section.")]),
        ({"sections": {}}, [("sections", "Give at least one section.")]),
        ({"sections": [1]}, [("sections[0]", "A section must be an object.")]),
        ({"sections": [{"id": "s", "title": "S"}]},
         [("sections[0].questions", "Give the section at least one question.")]),
        ({"sections": [{"id": "s", "title": "S", "questions": ["q"]}]},
         [("sections[0].questions[0]", "A question must be an object.")]),
        ({"sections": [{"id": "S", "questions": [{}]}]},
         [("sections[0].id", ID), ("sections[0].title", WORDS), ("sections[0].questions[0].id", ID),
          ("sections[0].questions[0].type", None)]),
        ({"x": float("nan"), "sections": [1]},
         [("", "The definition is not JSON: numbers must be finite and nesting shallow.")]),
        ({"x": {1, 2}, "sections": [1]},
         [("", "The definition is not JSON: numbers must be finite and nesting shallow.")]),
        ({"x": "a" * 500_001}, [("", "The definition is longer than 500,000 characters.")]),
    ],
)  # fmt: skip
def test_definition_of_a_strange_shape(definition, findings):
    said = found(definition)
    assert [path for path, _message in said] == [path for path, _message in findings]
    assert all(wanted is None or wanted == message for (_p, message), (_q, wanted) in zip(said, findings, strict=True))


@pytest.mark.parametrize(
    "name", ["Q", "1q", "q-1", "q q", "", None, 5, "ą", "q.", "q/", "../q", "q:1", "a" * 64, "_q", ["q"]]
)
def test_id_that_cannot_be_one(name):
    assert found(one(id=name)) == [("sections[0].questions[0].id", ID)]


def test_id_used_twice():
    assert found(two({"id": "x"}, {"id": "x"})) == [("sections[0].questions[1].id", "The id “x” is used twice.")]
    section = {"id": "s", "title": "S", "questions": [{"id": "q", "type": "text", "label": "Q"}]}
    assert found({"sections": [section, copy.deepcopy(section)]}) == [
        ("sections[1].id", "The id “s” is used twice."),
        ("sections[1].questions[0].id", "The id “q” is used twice."),
    ]


@pytest.mark.parametrize(
    ("question", "path", "message"),
    [
        ({"label": ""}, "label", TEXTS),
        ({"label": {}}, "label", TEXTS),
        ({"label": {"de": "Frage"}}, "label", TEXTS),
        ({"label": {"lt": "Klausimas", "de": "Frage"}}, "label", TEXTS),
        ({"label": 5}, "label", TEXTS),
        ({"help": {}}, "help", TEXTS),
        ({"required": "yes"}, "required", "Write true or false."),
        ({"required": 1}, "required", "Write true or false."),
        ({"required_if": []}, "required_if",
         "Write conditions as an object: a question's id and the answer it must have."),
        ({"show_if": {}}, "show_if", "Write conditions as an object: a question's id and the answer it must have."),
        ({"max_chars": "9"}, "max_chars", "This must be a whole number."),
        ({"max_chars": 1.5}, "max_chars", "This must be a whole number."),
        ({"max_chars": True}, "max_chars", "This must be a whole number."),
        ({"max_chars": 0}, "max_chars", "The limit must be at least 1 character."),
        ({"max_chars": -5}, "max_chars", "The limit must be at least 1 character."),
        ({"max_char": 5}, "max_char", "A field of the kind “text” has no setting “max_char”."),
        ({"min": 1}, "min", "A field of the kind “text” has no setting “min”."),
        ({"pattern": 5}, "pattern", "This must be a text."),
        ({"pattern": "["}, "pattern", "The pattern is not a valid regular expression."),
        ({"pattern": "(a+)+$"}, "pattern", "The pattern repeats a group that repeats itself; write it without groups."),
        ({"pattern": "(a*)*"}, "pattern", "The pattern repeats a group that repeats itself; write it without groups."),
        ({"pattern": "(a{1,9}){1,9}"}, "pattern",
         "The pattern repeats a group that repeats itself; write it without groups."),
        ({"pattern": "(?=a)"}, "pattern", "The pattern repeats a group that repeats itself; write it without groups."),
        ({"pattern": "a" * 201}, "pattern", "The pattern is longer than 200 characters."),
        ({"type": "number", "min": 5, "max": 1}, "min", "The smallest number is larger than the largest."),
        ({"type": "number", "min": "5"}, "min", "This must be a whole number or a number."),
        ({"type": "daterange", "from_earliest": "1 June"}, "from_earliest", "Write the date as 2027-03-05."),
        ({"type": "select"}, "options", "Give at least one option."),
        ({"type": "multiselect", "options": []}, "options", "Give at least one option."),
        ({"type": "table"}, "columns", "Give the table at least one column."),
        ({"type": "table", "columns": [5]}, "columns[0]", "A column must be an object."),
        ({"type": "table", "columns": [{"id": "a", "type": "text", "label": "A"}], "min_rows": 5, "max_rows": 2},
         "min_rows", "The least number of rows is above the greatest."),
        ({"type": "table", "columns": [{"id": "a", "type": "text", "label": "A"}], "min_rows": -1},
         "min_rows", "Numbers of rows cannot be negative."),
        ({"type": "table", "columns": [{"id": "a", "type": "text"}]}, "columns[0].label", WORDS),
        ({"type": "table", "columns": [{"id": "a", "type": "text", "label": "A"}] * 2},
         "columns[1].id", "The id “a” is used twice."),
        ({"type": "files"}, "formats", "Name at least one kind of file."),
        ({"type": "files", "formats": ["exe"]}, "formats",
         "Files of the kind “exe” cannot be checked and are not accepted."),
        ({"type": "files", "formats": ["pdf"], "max_mb": 0}, "max_mb",
         "Sizes and numbers of files must be above zero."),
        ({"type": "budget"}, "", "This question needs the rule “budget_categories”."),
        ({"type": "indicators"}, "", "This question needs the rule “indicators”."),
        ({"type": "category"}, "", "This question needs the rule “categories”."),
        ({"required_if": {"z": "x"}}, "required_if", "The condition names the question “z”, which does not exist."),
        ({"required_if": {"q": None}}, "required_if",
         "The answer wanted of “q” must be a text, true or false, or a list of texts."),
        ({"required_if": {"q": []}}, "required_if",
         "The answer wanted of “q” must be a text, true or false, or a list of texts."),
        ({"required_if": {"budget_line_from": 3000}}, "required_if",
         "The condition asks for budget lines, but there is no budget."),
        ({"required_if": {"budget_line_from": "3000"}}, "required_if", "The sum of a budget line must be a number."),
        ({"show_if": {"q": "x"}}, "show_if", "Questions show each other in a circle; none could ever be shown."),
    ],
)  # fmt: skip
def test_question_that_cannot_be_asked(question, path, message):
    place = "sections[0].questions[0]"
    assert found(one(**question)) == [(f"{place}.{path}" if path else place, message)]


@pytest.mark.parametrize("kind", ["", "Text", "file", "html", "script", None, 5, [], {}])
def test_kind_that_nobody_knows(kind):
    ((path, message),) = found(one(type=kind))
    assert path == "sections[0].questions[0].type"
    assert message.startswith(f"“{kind}” is not a kind of field; known are: budget, category, checkbox")


@pytest.mark.parametrize("kind", ["table", "person", "budget", "longtext", "files", "checkbox", "library", "daterange"])
def test_kind_that_does_not_fit_into_a_table(kind):
    ((path, message),) = found(one(type="table", columns=[{"id": "a", "type": kind, "label": "A"}]))
    assert path == "sections[0].questions[0].columns[0].type"
    assert message.startswith(
        f"“{kind}” is not a kind of field; known are: date, iban, money, number, select, text, url"
    )


def test_questions_that_show_each_other_in_a_circle():
    said = found(two({"show_if": {"b": "x"}}, {"show_if": {"a": "x"}}))
    assert said == [
        ("sections[0].questions[0].show_if", "Questions show each other in a circle; none could ever be shown."),
        ("sections[0].questions[1].show_if", "Questions show each other in a circle; none could ever be shown."),
    ]


def test_too_many_questions():
    questions = [{"id": f"q{n}", "type": "text", "label": "Q"} for n in range(301)]
    assert found({"sections": [{"id": "s", "title": "S", "questions": questions}]}) == [
        ("sections", "There are 301 questions, at most 300 are allowed.")
    ]


@pytest.mark.parametrize(
    ("rules", "path", "message"),
    [
        ([], "rules", "The rules must be an object."),
        ({"colour": 1}, "rules.colour", "There is no rule “colour”."),
        ({"money": []}, "rules.money", "This rule must be an object, or null where it does not apply."),
        ({"money": {"grant_min": "1"}}, "rules.money.grant_min", "Write a number that is not negative."),
        ({"money": {"grant_min": -1}}, "rules.money.grant_min", "Write a number that is not negative."),
        ({"money": {"grant_max": True}}, "rules.money.grant_max", "Write a number that is not negative."),
        ({"money": {"grant_min": 2, "grant_max": 1}}, "rules.money.grant_min",
         "The smallest grant is above the largest."),
        ({"cofinancing": {"own_share_min_percent": 101}}, "rules.cofinancing.own_share_min_percent",
         "Write a number that is not negative and at most 100."),
        ({"budget_categories": {}}, "rules.budget_categories", "This rule must be a list."),
        ({"budget_categories": [{"label": "A"}]}, "rules.budget_categories[0].code", "A text without “/” is needed."),
        ({"budget_categories": [{"code": "1"}]}, "rules.budget_categories[0].label", WORDS),
        ({"budget_categories": [{"code": "1", "label": "A"}] * 2}, "rules.budget_categories[1].code",
         "“1” is there twice."),
        ({"budget_categories": [{"code": "1", "label": "A", "max_percent_of_grant": 101}]},
         "rules.budget_categories[0].max_percent_of_grant", "Write a number from 0 to 100, or null."),
        ({"indicators": [5]}, "rules.indicators[0].id", "A text without “/” is needed."),
        ({"categories": [{"id": "a/b", "label": "A"}]}, "rules.categories[0].id", "A text without “/” is needed."),
        ({"categories": [{"id": "a", "label": "A"}]}, "rules.categories[0].nominations",
         "Give the category at least one nomination."),
        ({"categories": [{"id": "a", "label": "A", "nominations": [{"id": "n"}]}]},
         "rules.categories[0].nominations[0].label", WORDS),
    ],
)  # fmt: skip
def test_rule_that_cannot_be_followed(rules, path, message):
    assert found(one() | {"rules": rules}) == [(path, message)]


def test_equal_content_has_one_spelling_and_one_digest():
    assert canonical_json({"b": [1, "ą"], "a": None}) == '{"a":null,"b":[1,"ą"]}'
    assert sha256_of({"a": 1, "b": 2}) == sha256_of({"b": 2, "a": 1})
    assert sha256_of([1, 2]) != sha256_of([2, 1])
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json(float("inf"))
