"""Documents: what is kept, and that no row points to nothing."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override

from grants.questionnaires.file_content import FileRefused
from grants.questionnaires.forms import build_section_form
from grants.questionnaires.models import Document, document_storage
from grants.questionnaires.selectors import missing_answers, snapshot
from grants.questionnaires.services import keep_files, remove_document, save_section, store_document
from grants.questionnaires.storage import DurableStorage, random_name
from grants.questionnaires.submitted import UnknownSection
from tests.grants.questionnaires import files
from tests.grants.questionnaires.conftest import rows, typed


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def on_disk():
    return [path for path in Path(default_storage.location).rglob("*") if path.is_file()]


def content_of(document):
    with document.file.open("rb") as file:
        return file.read()


def send(sheet, by, data=None, **uploads):
    sent = MultiValueDict({f"q-{name.replace('__', '-')}": value for name, value in uploads.items()})
    with override("en"):
        return save_section(sheet=sheet, section_id="annexes", data=data or QueryDict(), files=sent, by=by)


def cv(name="cv.pdf", body=b"a"):
    return files.upload(name, files.pdf(body), "application/pdf")


def test_uploaded_file_becomes_a_document(sheet, applicant):
    result = send(sheet, applicant, cv=[cv("../Gyvenimo aprašymas.pdf")])
    document = Document.objects.get()
    assert (document.name, document.category, document.key) == ("Gyvenimo aprašymas.pdf", "application/cv", "cv")
    assert (document.mime, document.case, document.uploaded_by) == ("application/pdf", sheet.case, applicant)
    assert content_of(document) == files.pdf(b"a")
    assert "aprašymas" not in document.file.name
    assert result.saved == ["cv"]
    assert "cv" not in {missing.key for missing in missing_answers(sheet)}
    assert (
        build_section_form(sheet, "annexes").question("cv").control["parts"][0]["documents"][0]["name"] == document.name
    )


def test_refused_file_says_why_and_leaves_nothing(sheet, applicant):
    result = send(sheet, applicant, cv=[files.upload("cv.pdf", b"<html>", "application/pdf")])
    assert not Document.objects.exists()
    assert on_disk() == []
    assert [problem.message for problem in result.refused["cv"]] == [
        "cv.pdf: The content of the file is not PDF, whatever its name says. Save it again in the right form."
    ]
    form = build_section_form(sheet, "annexes", QueryDict(), result=result, language="en")
    assert form.question("cv").problems[0] == result.refused["cv"][0]


def test_one_bad_file_loses_no_other(contest, applicant):
    good, bad = files.upload("a.png", files.png(), "image/png"), files.upload("b.png", b"x", "image/png")
    result = send(contest, applicant, pictures=[good, bad])
    assert [document.name for document in Document.objects.all()] == ["a.png"]
    assert len(result.refused["pictures"]) == 1


def test_files_kept_by_themselves_say_only_what_is_wrong_with_files(contest, applicant):
    good, bad = files.upload("a.png", files.png(), "image/png"), files.upload("b.png", b"x", "image/png")
    uploads = MultiValueDict({"q-pictures": [good, bad]})
    result = keep_files(sheet=contest, section_id="annexes", files=uploads, by=applicant)
    assert [document.name for document in Document.objects.all()] == ["a.png"]
    assert (result.saved, len(result.refused["pictures"]), result.problems) == (["pictures"], 1, [])
    with pytest.raises(UnknownSection):
        keep_files(sheet=contest, section_id="nowhere", files=uploads, by=applicant)


def test_same_file_twice_is_one_document(sheet, applicant):
    send(sheet, applicant, cv=[cv(), cv()])
    send(sheet, applicant, cv=[cv()])
    assert Document.objects.count() == 1
    assert len(on_disk()) == 1


def test_files_up_to_their_number(contest, applicant):
    uploads = [files.upload(f"{n}.png", files.png(width=n + 1), "image/png") for n in range(11)]
    result = send(contest, applicant, pictures=uploads)
    assert Document.objects.count() == 10
    assert [problem.message for problem in result.refused["pictures"]] == [
        "10.png: Only 10 files may be given here. Remove one first."
    ]
    assert len(on_disk()) == 10


def test_each_partner_needs_a_file_and_keeps_it_when_rows_move(sheet, applicant):
    save_section(
        sheet=sheet, section_id="partners", data=typed(**rows("partners", {"name": "A"}, {"name": "B"})), by=applicant
    )
    send(sheet, applicant, partner_agreement__r1=[cv("a.pdf", b"1")], partner_agreement__r2=[cv("b.pdf", b"2")])
    data = typed(**rows("partners", {"name": "A", "_id": "r1"}, {"name": "B", "_id": "r2"}))
    data["move-up:partners:1"] = "1"
    save_section(sheet=sheet, section_id="partners", data=data, by=applicant)
    parts = build_section_form(sheet, "annexes").question("partner_agreement").control["parts"]
    assert [(part["label"], part["documents"][0]["name"]) for part in parts] == [("B", "b.pdf"), ("A", "a.pdf")]
    assert "partner_agreement" not in {missing.key for missing in missing_answers(sheet)}


@pytest.mark.parametrize("field", ["partner_agreement__r9", "partner_agreement", "partner_agreement__x y"])
def test_file_for_a_row_that_is_not_there(sheet, applicant, field):
    save_section(sheet=sheet, section_id="partners", data=typed(**rows("partners", {"name": "A"})), by=applicant)
    result = send(sheet, applicant, **{field: [cv()]})
    assert not Document.objects.exists()
    assert [problem.message for problem in result.refused["partner_agreement"]] == [
        "cv.pdf: The row to which the file belongs is not there any more."
    ]


def test_file_of_a_row_that_was_removed_stays_visible(sheet, applicant):
    save_section(sheet=sheet, section_id="partners", data=typed(**rows("partners", {"name": "A"})), by=applicant)
    send(sheet, applicant, partner_agreement__r1=[cv()])
    save_section(
        sheet=sheet, section_id="partners", data=typed(**rows("partners", {"name": "B", "_id": "r5"})), by=applicant
    )
    control = build_section_form(sheet, "annexes").question("partner_agreement").control
    assert [document["name"] for document in control["strays"]] == ["cv.pdf"]


def test_expensive_line_needs_its_price_evidence(sheet, applicant):
    line = {"category": "3", "description": "A", "unit_cost": "1 499,99", "quantity": "2", "grant": "2999,98"}
    save_section(sheet=sheet, section_id="budget", data=typed(**rows("budget", line)), by=applicant)
    assert "price_basis" not in {missing.key for missing in missing_answers(sheet)}
    line |= {"unit_cost": "1500", "grant": "3000"}
    save_section(sheet=sheet, section_id="budget", data=typed(**rows("budget", line)), by=applicant)
    assert "price_basis" in {missing.key for missing in missing_answers(sheet)}


def test_removed_document_leaves_the_sheet_but_its_content_stays(sheet, applicant):
    send(sheet, applicant, cv=[cv()])
    document = Document.objects.get()
    submitted = snapshot(sheet)
    result = send(sheet, applicant, QueryDict(f"remove-file:{document.public_id}=1"))
    document.refresh_from_db()
    assert (document.removed_by, result.anchor) == (applicant, "q-cv")
    assert content_of(document) == files.pdf(b"a")
    assert snapshot(sheet) != submitted
    removed = document.removed_at
    remove_document(document=document, by=applicant)
    assert document.removed_at == removed


def test_button_removes_no_document_of_another_sheet(sheet, contest, applicant):
    send(contest, applicant, pictures=[files.upload("a.png", files.png(), "image/png")])
    document = Document.objects.get()
    send(sheet, applicant, QueryDict(f"remove-file:{document.public_id}=1&remove-file:x=1&remove-file:=1"))
    document.refresh_from_db()
    assert document.removed_at is None


def test_short_write_leaves_no_row(sheet, applicant, monkeypatch):
    monkeypatch.setattr(DurableStorage, "size", lambda self, name: 1)
    with pytest.raises(FileRefused, match=r"whole|visas"):
        store_document(upload=cv(), case=sheet.case, category="x/y", by=applicant, formats=["pdf"])
    assert not Document.objects.exists()
    assert on_disk() == []


def test_full_disk_leaves_neither_row_nor_file(sheet, applicant, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("grants.questionnaires.storage.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        store_document(upload=cv(), case=sheet.case, category="x/y", by=applicant, formats=["pdf"])
    assert not Document.objects.exists()
    assert on_disk() == []


def test_failed_row_leaves_no_file(sheet, applicant):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        store_document(upload=cv(), case=sheet.case, category="", by=applicant, formats=["pdf"])
    assert on_disk() == []


def test_storage_has_no_public_address_and_random_names():
    assert isinstance(document_storage(), DurableStorage)
    with pytest.raises(ValueError, match="no public address"):
        document_storage().url("x")
    names = {random_name() for _time in range(50)}
    assert len(names) == 50
    assert all(name.startswith("documents/") and len(name) == 45 for name in names)
