"""The files of a report: tagged PDF that machines can read aloud."""

import hashlib
from io import BytesIO

import pytest
from django.utils import translation
from pypdf import PdfReader

from reporting.impact.files import pdf_data
from reporting.impact.shown import shown_report
from reporting.pdf import PdfFailed, make_pdf, making


@pytest.fixture
def read(get_report):
    """The PDF of a report in a language, opened."""

    def opened(scope, language):
        made = get_report(scope).files.get(language=language)
        with made.file.open("rb") as file:
            content = file.read()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (made.size, made.sha256)
        return PdfReader(BytesIO(content))

    return opened


def every(node, name, found=None):
    """All values of a key in the tree of tags."""
    found = [] if found is None else found
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            every(child, name, found)
    elif isinstance(node, dict):
        if name in node:
            found.append(str(node[name]))
        if "/K" in node:
            every(node["/K"], name, found)
    return found


@pytest.mark.parametrize("scope", ["project", "call"])
@pytest.mark.parametrize("language", ["lt", "en"])
def test_the_pdf_is_tagged_and_speaks_its_language(read, scope, language):
    pdf = read(scope, language)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    kinds = every(root["/StructTreeRoot"], "/S")
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/L"} <= set(kinds)
    assert all(every(root["/StructTreeRoot"], "/Alt"))
    metadata = pdf.xmp_metadata
    assert metadata.dc_title["x-default"] == pdf.metadata.title
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_every_picture_has_its_words(read):
    root = read("call", "en").trailer["/Root"]
    assert every(root["/StructTreeRoot"], "/S").count("/Figure") == 1
    assert any(
        "Events, number: baseline 0, target 24, reached 12;" in text for text in every(root["/StructTreeRoot"], "/Alt")
    )


def test_lithuanian_letters_can_be_copied_out_of_the_pdf(read):
    text = " ".join(page.extract_text() for page in read("call", "lt").pages)
    for word in (
        "Skaitmeninės dirbtuvės",
        "Ąžuolyno viešoji",
        "Sukurtos naujos paslaugos",
    ):
        assert word in " ".join(text.split())


def test_words_are_data_and_never_code(get_report):
    document = shown_report(get_report("project"))
    data = pdf_data(document)
    data["sections"] = [{"title": "#panic()", "paragraphs": ["#read(\"/etc/passwd\") *x* $y$ @z"], "charts": [],
                         "tables": [], "notes": []}]  # fmt: skip
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(make_pdf("impact.typ", data))).pages)
    assert '#read("/etc/passwd") *x* $y$ @z' in text


def test_a_pdf_that_takes_too_long_is_ended(get_report):
    with pytest.raises(PdfFailed, match="more than"):
        make_pdf("impact.typ", pdf_data(shown_report(get_report("project"))), seconds=0.001)


@pytest.mark.parametrize(("child", "said"), [
    ("import no_such_package", "no_such_package"), ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "-9"),
    ("print('no file')", "ended with 0"),
], ids=["the package is missing", "the process is killed", "something else comes out"])  # fmt: skip
def test_a_process_that_goes_wrong_is_told_from_another(tmp_path, monkeypatch, child, said):
    (tmp_path / "child.py").write_text(child)
    monkeypatch.setattr(making, "CHILD", tmp_path / "child.py")
    with pytest.raises(PdfFailed, match=said):
        make_pdf("impact.typ", {})


def test_a_process_that_cannot_be_started_says_so(monkeypatch):
    monkeypatch.setattr(making.sys, "executable", "/nowhere/python")
    with pytest.raises(PdfFailed, match="could not be started"):
        make_pdf("impact.typ", {})


@pytest.mark.parametrize(("template", "data"), [("impact.typ", {}), ("missing.typ", {}), ("../pdf/missing.typ", {})])
def test_a_pdf_that_cannot_be_made_says_why(template, data):
    with pytest.raises(PdfFailed):
        make_pdf(template, data)


def test_the_report_is_in_the_language_of_the_moment(get_report):
    titles = {}
    for language in ("lt", "en"):
        with translation.override(language):
            titles[language] = shown_report(get_report("call")).title
    assert titles == {
        "lt": "Kvietimas teikti bibliotekų projektų bendruomenėms paraiškas",
        "en": "Call for library projects for communities",
    }
