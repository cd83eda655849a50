"""Names of files as they are kept: readable, and dangerous to no system."""

import pytest

from grants.questionnaires.file_names import clean_name


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("Sutartis ą.pdf", "Sutartis ą.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\a.pdf", "a.pdf"),
        ("C:\\Users\\x\\a.pdf", "a.pdf"),
        ("/abs/a.pdf", "a.pdf"),
        ("a\x00.pdf", "a.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("gnp\u202efdp.exe", "gnpfdp.exe"),
        ("a\u200b.pdf", "a.pdf"),
        ('a"b<c>|?*.pdf', "a_b_c____.pdf"),
        ("  a  .pdf ", "a.pdf"),
        ("...", "document"),
        (".pdf", "pdf"),
        ("con.pdf", "_con.pdf"),
        ("LPT1.pdf", "_LPT1.pdf"),
        ("nul", "_nul"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("e\u0307.pdf", "ė.pdf"),
        ("\ud800.pdf", "_.pdf"),
        ("📄.pdf", "📄.pdf"),
        ("a.tar.pdf", "a.tar.pdf"),
        ("", "document"),
    ],
)
def test_name_made_safe(given, cleaned):
    assert clean_name(given) == cleaned
