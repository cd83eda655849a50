"""The commands that keep texts and documents in step with the code, on a small project of their own."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from config import messages

CODE = """
_("Kettle")
_("")
_(name)
_("For %(name)s")
ngettext("%(n)s cup", "%(n)s cups", 2)
pgettext("button", "Pour")
npgettext("of a book", "leaf", "leaves", 2)
"""
PAGE = "{% load i18n %}<h1>{% translate 'Teapot' %}</h1>{% translate 'Pour' context 'button' %}"
TRANSLATED = {
    "Kettle": "Virdulys",
    "For %(name)s": "Skirta %(name)s",
    "Pour": "Pilti",
    "Teapot": "Arbatinukas",
    "leaf": ("lapas", "lapai", "lapo", "lapų"),
    "%(n)s cup": ("%(n)s puodelis", "%(n)s puodeliai", "%(n)s puodelio", "%(n)s puodelių"),
}


@pytest.fixture
def project(settings, tmp_path):
    """A project of one module and one page, with nothing translated yet."""
    for name, text in (("config/tea.py", CODE), ("templates/tea.html", PAGE)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text)
    settings.BASE_DIR, settings.LOCALE_PATHS = tmp_path, [tmp_path / "config" / "locale"]
    yield tmp_path
    messages.forget_what_was_read()


def told(capsys) -> list[str]:
    return capsys.readouterr().out.splitlines()


def translate(project, words) -> None:
    """Write the catalogue with these translations, as a translator would."""
    catalogue = messages.read("lt")
    for message in catalogue:
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        if key in words:
            message.string = words[key]
    with messages.catalogue_file("lt").open("wb") as target:
        messages.write_po(target, catalogue)


def keys(catalogue) -> set:
    return {(message.context, message.id) for message in catalogue if message.id}


def test_every_text_of_code_and_pages_is_extracted(project, capsys):
    call_command("extract_messages")
    assert told(capsys) == ["lt: 6 texts, 6 to translate"]
    assert keys(messages.read("lt")) == {
        (None, "Kettle"),
        (None, "For %(name)s"),
        (None, ("%(n)s cup", "%(n)s cups")),
        ("button", "Pour"),
        ("of a book", ("leaf", "leaves")),
        (None, "Teapot"),
    }


def test_extracting_again_keeps_translations_and_drops_what_is_gone(project, capsys):
    call_command("extract_messages")
    translate(project, TRANSLATED)
    (project / "templates" / "tea.html").unlink()
    call_command("extract_messages")
    assert told(capsys)[-1] == "lt: 5 texts, 0 to translate"
    assert messages.read("lt").get("Kettle").string == "Virdulys"


def test_a_whole_translation_passes(project, capsys):
    call_command("extract_messages")
    translate(project, TRANSLATED)
    call_command("check_messages")
    assert told(capsys)[-1] == "The translations are complete."


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ({"Teapot": ""}, ["lt: 1 texts have no translation:", "  'Teapot'"]),
        ({"Pour": ""}, ["lt: 1 texts have no translation:", "  'button|Pour'"]),
        (
            {"For %(name)s": "Skirta %(vardas)s"},
            [
                "lt: 1 texts have a translation whose placeholders differ:",
                "  \"For %(name)s: unknown named placeholder 'vardas'\"",
            ],
        ),
    ],
)
def test_what_a_translation_lacks_is_named(project, capsys, change, lines):
    call_command("extract_messages")
    translate(project, TRANSLATED | change)
    told(capsys)
    with pytest.raises(CommandError, match=r"^The translations are not complete\.$"):
        call_command("check_messages")
    assert told(capsys) == lines


def test_texts_that_are_new_or_gone_are_named(project, capsys):
    call_command("extract_messages")
    translate(project, TRANSLATED)
    (project / "templates" / "tea.html").write_text("{% load i18n %}{% translate 'Mug' %}")
    told(capsys)
    with pytest.raises(CommandError):
        call_command("check_messages")
    assert told(capsys) == [
        "lt: 1 texts are in the code and not in the catalogue (make messages):",
        "  'Mug'",
        "lt: 1 texts are in the catalogue and no longer in the code (make messages):",
        "  'Teapot'",
    ]


def test_of_many_texts_fifteen_are_named_and_the_others_counted(project, capsys):
    (project / "config" / "tea.py").write_text("\n".join(f'_("Tea {number:02}")' for number in range(17)))
    (project / "templates" / "tea.html").unlink()
    with pytest.raises(CommandError):
        call_command("check_messages")
    assert told(capsys) == [
        "lt: 17 texts are in the code and not in the catalogue (make messages):",
        *(f"  'Tea {number:02}'" for number in range(15)),
        "  and 2 more",
    ]


def test_catalogues_are_compiled_when_they_changed_or_when_asked(project, capsys):
    call_command("extract_messages")
    translate(project, TRANSLATED)
    told(capsys)
    compiled = ["Compiled config/locale/lt/LC_MESSAGES/django.mo"]
    for options, lines in (({}, compiled), ({}, []), ({"force": True}, compiled)):
        call_command("compile_messages", **options)
        assert told(capsys) == lines


def test_compiling_where_no_language_is_spoken_chooses_none(project):
    call_command("extract_messages")
    with translation.override(None):
        messages.compile_all(force=True)
        assert translation.get_language() is None


def test_the_page_of_settings_is_written_and_compared(settings, tmp_path, capsys):
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    differs = r"^Run manage\.py describe_settings: docs/settings\.md differs from the code\.$"
    with pytest.raises(CommandError, match=differs):
        call_command("describe_settings", check=True)
    call_command("describe_settings")
    call_command("describe_settings", check=True)
    assert told(capsys) == ["Wrote docs/settings.md", "docs/settings.md is as the code."]
    (tmp_path / "docs" / "settings.md").write_text("# Settings")
    with pytest.raises(CommandError, match=differs):
        call_command("describe_settings", check=True)


def test_the_page_of_settings_is_as_the_code(capsys):
    call_command("describe_settings", check=True)
    assert told(capsys) == ["docs/settings.md is as the code."]
