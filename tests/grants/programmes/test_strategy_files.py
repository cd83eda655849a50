"""Files that are no plan, or a plan in other bytes: named, refused or mended before any line is read."""

import unicodedata

import pytest
from django.utils import translation

from grants.programmes.strategy_text import read_strategy

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
FILES = [
    (b"", "empty"),
    (b"\n\n \n", "empty"),
    (b"\xef\xbb\xbf", "empty"),
    (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "other_kind"),
    (PNG, "other_kind"),
    (b"\xff\xd8\xff\xe0" + bytes(32), "other_kind"),
    (b"GIF89a" + bytes(32), "other_kind"),
    (b"PK\x03\x04" + bytes(64), "other_kind"),
    (b"PK\x05\x06" + bytes(18), "other_kind"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "other_kind"),
    (b"{\\rtf1\\ansi x}", "other_kind"),
    (b"\x1f\x8b\x08\x00", "other_kind"),
    (b"\n<!DOCTYPE html><html></html>", "other_kind"),
    (b"<html><body>1.</body></html>", "other_kind"),
    (b"\xef\xbb\xbf<?xml version='1.0'?>", "other_kind"),
    (bytes(50_000), "other_encoding"),
    (b"code;text;sum\n1.;Tikslas;5\n", "no_head"),
    (b"just some words", "no_head"),
    (b"x\n" * 6000, "too_long"),
    (b"a\x07b", "control_character"),
    (b"a\x0cb\n", "control_character"),
    (b"\xc3\x28", "broken_encoding"),
    (b"abc\n\xff\xff\x00", "broken_encoding"),
]


@pytest.mark.parametrize(("data", "code"), FILES)
def test_another_kind_of_file_is_named(data, code):
    assert code in [finding.code for finding in read_strategy(data).findings]
    assert read_strategy(data).has_errors
    assert read_strategy(data).rows == []


def test_fifty_megabytes_are_refused_by_their_size_alone(document):
    reading = read_strategy(document + b" " * 50 * 1024 * 1024)
    assert [finding.code for finding in reading.findings] == ["too_large"]
    with translation.override("en"):
        assert reading.findings[0].message == "The file is too large: 50\u00a0MB, at most 1\u00a0MB can be read."


@pytest.mark.parametrize(
    ("encoding", "line_number", "name"),
    [
        ("cp1257", 3, "Windows-1257"),
        ("utf-16", 1, "UTF-16"),
        ("utf-16-le", 1, "UTF-16"),
        ("utf-16-be", 1, "UTF-16"),
        ("utf-32", 1, "UTF-32"),
    ],
)
def test_another_encoding_is_named_with_its_first_line(document, encoding, line_number, name):
    findings = read_strategy(document.decode().encode(encoding)).findings
    assert [(finding.line, finding.code) for finding in findings] == [(line_number, "other_encoding")]
    assert findings[0].params["encoding"] == name


def test_a_byte_order_mark_and_split_accents_are_mended(document):
    marked = read_strategy(b"\xef\xbb\xbf" + document)
    assert not marked.has_errors
    assert (1, "byte_order_mark") in [(finding.line, finding.code) for finding in marked.findings]
    apart = read_strategy(unicodedata.normalize("NFD", document.decode()).encode())
    assert apart.rows == marked.rows == read_strategy(document).rows
    assert (9, "not_composed") in [(finding.line, finding.code) for finding in apart.findings]
