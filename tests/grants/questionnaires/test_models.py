"""What the database and the models refuse."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from grants.questionnaires.canonical import sha256_of
from grants.questionnaires.models import Answer, Document, PublishedQuestionnaire, Questionnaire
from grants.questionnaires.selectors import published
from grants.questionnaires.services import NotADefinition, publish_questionnaire
from workflows import clock

SMALL = {"sections": [{"id": "s", "title": "S", "questions": [{"id": "q", "type": "text", "label": "Q"}]}]}
OTHER = {"sections": [{"id": "s", "title": "T", "questions": [{"id": "q", "type": "text", "label": "Q"}]}]}


@pytest.mark.django_db
def test_publishing_makes_versions_and_the_same_twice_makes_one():
    first = publish_questionnaire(code="A", definition=SMALL, by=None)
    assert publish_questionnaire(code="A", definition=SMALL, by=None) == first
    second = publish_questionnaire(code="A", definition=OTHER, by=None)
    assert [(q.version, q.sha256) for q in (first, second)] == [(1, sha256_of(SMALL)), (2, sha256_of(OTHER))]
    assert published("A") == second
    assert published("A", version=1) == first
    assert published("B") is None
    assert str(second) == "A v2"


@pytest.mark.django_db
def test_publishing_what_cannot_be_asked_says_all_findings():
    with pytest.raises(NotADefinition) as refused:
        publish_questionnaire(code="A", definition={"sections": []}, by=None)
    assert [(f.path, f.message) for f in refused.value.findings] == [("sections", "Give at least one section.")]
    assert str(refused.value) == "sections: Give at least one section."
    assert not Questionnaire.objects.exists()


@pytest.mark.django_db
def test_published_questionnaire_cannot_be_changed_by_the_model():
    questionnaire = publish_questionnaire(code="A", definition=SMALL, by=None)
    questionnaire.definition = OTHER
    with pytest.raises(PublishedQuestionnaire):
        questionnaire.save()
    with pytest.raises(PublishedQuestionnaire):
        questionnaire.delete()


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"definition": OTHER}, {"code": "B"}, {"version": 9}, {"published_at": None}])
def test_published_questionnaire_cannot_be_changed_behind_the_model(change):
    publish_questionnaire(code="A", definition=SMALL, by=None)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Questionnaire.objects.update(**change)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Questionnaire.objects.all().delete()


@pytest.mark.django_db
def test_draft_questionnaire_can_be_changed_and_deleted():
    draft = Questionnaire.objects.create(code="A", definition=SMALL)
    draft.definition = OTHER
    draft.save()
    assert draft.sha256 == sha256_of(OTHER)
    draft.delete()
    assert not Questionnaire.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [{"size": 0}, {"sha256": ""}, {"sha256": "X" * 64}, {"file": ""}, {"name": ""}, {"category": ""}],
)
def test_document_row_without_content_is_refused(case, fields):
    whole = {
        "case": case, "category": "application/cv", "file": "documents/aa/x", "name": "a.pdf", "size": 1,
        "sha256": "a" * 64, "mime": "application/pdf", "at": clock.now(),
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.create(**whole | fields)


@pytest.mark.django_db
def test_answer_is_there_once_per_question(sheet, applicant):
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(sheet=sheet, key="manager", raw="", saved_by=applicant, saved_at=clock.now())


@pytest.mark.django_db
def test_questionnaire_version_is_there_once():
    Questionnaire.objects.create(code="A", definition=SMALL)
    with pytest.raises(IntegrityError), transaction.atomic():
        Questionnaire.objects.create(code="A", definition=SMALL)
    with pytest.raises(IntegrityError), transaction.atomic():
        Questionnaire.objects.create(code="A", version=0, definition=SMALL)
