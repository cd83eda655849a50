"""The parts of pages that think: forms, lists of pages, filters, stages, changes in a text."""

import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils import translation

from workflows import navigation
from workflows.differences import Part, differences
from workflows.form_display import error_lines, limit_of
from workflows.obstacles import Obstacle
from workflows.services.options import Option


def render(source: str, **values) -> str:
    """Render template words with `{% load pazanga %}` and squeeze the blanks."""
    with translation.override("en"):
        return re.sub(r"\s+", " ", Template("{% load pazanga %}" + source).render(Context(values))).strip()


class ProjectForm(forms.Form):
    title = forms.CharField(max_length=20, help_text="Shown in public.")
    note = forms.CharField(required=False, widget=forms.Textarea)
    done = forms.ChoiceField(choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect)
    agree = forms.BooleanField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("The end must be after the start.")


def test_a_field_is_label_hint_error_control_counter_in_this_order():
    html = render("{% field form.title %}", form=ProjectForm({"title": "x" * 21}))
    places = [
        html.index(part)
        for part in ("<label", 'id="id_title-hint"', 'id="id_title-error"', "<input", 'id="id_title-counter"')
    ]
    assert places == sorted(places)


def test_a_control_is_described_by_its_hint_error_and_counter():
    html = render("{% field form.title %}", form=ProjectForm({}))
    assert 'aria-describedby="id_title-hint id_title-error id_title-counter"' in html
    assert 'aria-invalid="true"' in html


def test_the_browser_never_cuts_what_is_typed():
    html = render("{% field form.title %}", form=ProjectForm({}))
    assert "maxlength" not in html
    assert "Up to 20 characters." in html


def test_a_field_that_may_stay_empty_says_so_unless_the_form_is_a_draft():
    form = ProjectForm()
    assert "(optional)" in render("{% field form.note %}", form=form)
    form.mark_optional = False
    assert "(optional)" not in render("{% field form.note %}", form=form)


def test_radios_stand_in_a_fieldset_with_a_legend():
    html = render("{% field form.done %}", form=ProjectForm())
    assert html.startswith('<fieldset class="field"> <legend>Done</legend>')
    assert html.count('class="choice"') == 2


def test_a_checkbox_stands_before_its_words():
    html = render("{% field form.agree %}", form=ProjectForm())
    assert '<label class="choice" for="id_agree"><input type="checkbox"' in html


def test_what_was_typed_is_kept_and_escaped():
    html = render("{% form_fields form %}", form=ProjectForm({"title": '"><script>', "note": "</textarea>"}))
    assert "<script>" not in html
    assert "&quot;&gt;&lt;script&gt;" in html
    assert "&lt;/textarea&gt;" in html


def test_the_error_summary_leads_to_each_field_and_to_the_first_radio():
    with translation.override("en"):
        lines = [(line.message, line.target) for line in error_lines([ProjectForm({"note": "ok"})])]
    assert lines == [
        ("The end must be after the start.", ""),
        ("Title: This field is required.", "id_title"),
        ("Done: This field is required.", "id_done_0"),
        ("Version: This field is required.", ""),
    ]


def test_no_summary_where_all_is_well():
    assert render("{% error_summary form nothing %}", form=ProjectForm(), nothing=None) == ""


def test_the_summary_counts_the_faults_of_formsets_too():
    many = forms.formset_factory(ProjectForm, min_num=2, validate_min=True, extra=0)
    formset = many({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-title": "a"})
    targets = [line.target for line in error_lines([formset])]
    assert targets[0] == ""
    assert "id_form-0-done_0" in targets


@pytest.mark.parametrize(
    ("field", "limit"),
    [
        (forms.CharField(max_length=150), 150),
        (forms.CharField(), None),
        (forms.EmailField(max_length=150), None),
        (forms.CharField(max_length=20000, widget=forms.Textarea), None),
    ],
)
def test_characters_are_counted_where_a_writer_needs_it(field, limit):
    form = forms.Form()
    form.fields["text"] = field
    assert limit_of(form["text"]) == limit


def test_pagination_keeps_the_other_parameters_of_the_address(rf):
    page = Paginator(range(90), 10).page(4)
    html = render("{% pagination page %}", page=page, request=rf.get("/", {"q": "Ąžuolas & co", "page": "4"}))
    assert 'href="?q=%C4%84%C5%BEuolas+%26+co&amp;page=5" rel="next"' in html
    assert html.count("aria-current") == 1


def test_one_page_needs_no_pagination(rf):
    assert render("{% pagination page %}", page=Paginator([1], 10).page(1), request=rf.get("/")) == ""


def test_a_blocked_button_can_be_reached_and_says_why():
    obstacles = [Obstacle("budget", "The budget is not approved", "/budget/"), Obstacle("bank", "No bank account")]
    html = render(
        '{% include "components/disabled_button.html" with label="Sign" obstacles=o id="why" only %}', o=obstacles
    )
    assert 'aria-disabled="true" aria-describedby="why"' in html
    assert " disabled>" not in html
    assert '<a href="/budget/">The budget is not approved</a>' in html
    assert "<span>No bank account</span>" in html


def an_option(name, *obstacles, dangerous=False):
    return Option(name, name.title(), obstacles, False, dangerous, f"/{name}/")


def test_steps_that_can_be_taken_stand_before_those_that_cannot():
    options = [
        an_option("sign", Obstacle("bank", "No bank account")),
        an_option("hold"),
        an_option("end", dangerous=True),
    ]
    html = render("{% steps options %}", options=options)
    assert '<a class="btn btn--plain" href="/hold/">Hold</a><a class="btn btn--danger" href="/end/">End</a>' in html
    assert html.index("/end/") < html.index('aria-describedby="step-sign"') < html.index("No bank account")


def test_the_first_possible_step_is_filled_where_the_page_asks_for_it():
    html = render("{% steps options quiet=False %}", options=[an_option("send"), an_option("hold")])
    assert '<a class="btn" href="/send/">Send</a><a class="btn btn--plain" href="/hold/">Hold</a>' in html


def test_what_was_done_can_be_undone_by_one_button(rf):
    request = rf.get("/")
    html = render(
        '{% include "components/undo.html" with text="Sent." url="/undo/" name="step" value="7" %}', request=request
    )
    assert '<form method="post" action="/undo/"' in html
    assert '<button class="btn btn--plain" name="step" value="7">' in html


@pytest.mark.parametrize(
    ("current", "finished", "done", "present"),
    [
        ("call", False, 0, 1),
        ("selection", False, 2, 1),
        ("evaluation", False, 4, 1),
        ("evaluation", True, 5, 0),
        ("", False, 0, 1),
    ],
)
def test_stages_before_the_present_one_are_done(current, finished, done, present):
    html = render("{% stages current finished=finished %}", current=current, finished=finished)
    assert (html.count(' done"'), html.count("aria-current")) == (done, present)


def test_a_notice_and_a_disclosure_wrap_what_is_inside():
    html = render('{% notice "warn" %}<p>Late</p>{% endnotice %}{% ask "How" opened=True %}<p>So</p>{% endask %}')
    assert html.startswith('<div class="notice notice--warn"><svg')
    assert '<details class="ask" open><summary>How</summary><p>So</p></details>' in html


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("a b c", "a b c", [Part("same", "a b c")]),
        ("a b c", "a x c", [Part("same", "a"), Part("removed", "b"), Part("added", "x"), Part("same", "c")]),
        ("", "a", [Part("added", "a")]),
        ("a", "", [Part("removed", "a")]),
        ("", "", []),
    ],
)
def test_differences_name_what_was_removed_before_what_was_added(old, new, parts):
    assert differences(old, new) == parts


def test_differences_are_told_to_those_who_cannot_see_colours():
    assert '<ins><span class="vh">added: </span>x</ins>' in render('{% diff "a" "a x" %}')


@pytest.mark.parametrize(
    ("item", "path", "expected"),
    [
        ("/calls/", "/calls/", "page"),
        ("/calls/", "/calls/5/", "true"),
        ("/calls/", "/callsigns/", ""),
        ("/", "/calls/", ""),
        ("/", "/", "page"),
    ],
)
def test_the_menu_shows_where_one_is(item, path, expected):
    assert navigation.current(item, path) == expected


@pytest.fixture
def registries(monkeypatch):
    """Start from an empty menu and an empty foot."""
    monkeypatch.setattr(navigation, "_items", {})
    monkeypatch.setattr(navigation, "_foot", {})


def test_the_menu_holds_what_the_reader_may_see_in_order(registries):
    navigation.register_nav("b", "B", "home", order=20)
    navigation.register_nav("a", "A", "home", order=10)
    navigation.register_nav("secret", "S", "home", visible=lambda user: user == "head")
    assert [item.key for item in navigation.nav_for("anyone")] == ["a", "b"]
    assert [item.key for item in navigation.nav_for("head")] == ["a", "b", "secret"]


def test_the_bar_has_room_for_five_first_those_that_matter_to_the_reader(registries):
    for place, key in enumerate("abcdefg"):
        navigation.register_nav(key, key, "home", order=place, first_for=lambda user, key=key: key in user)
    menu = navigation.menu_for("g")
    assert [item.key for item in menu.bar] == ["a", "b", "c", "d", "g"]
    assert [item.key for item in menu.more] == ["e", "f"]


def test_a_short_menu_has_nothing_below_it(registries):
    navigation.register_nav("a", "A", "home")
    assert navigation.menu_for(None) == navigation.Menu([navigation.NavItem("a", "A", "home")], [])


def test_the_foot_holds_what_the_reader_may_see_in_order(registries):
    navigation.register_foot("b", "B", "home", order=20)
    navigation.register_foot("a", "A", "home", order=10)
    navigation.register_foot("c", "C", "home", visible=navigation.signed_in)
    assert [item.key for item in navigation.foot_for(None)] == ["a", "b"]


def test_strangers_are_those_who_have_not_signed_in(django_user_model):
    person = django_user_model(email="a@example.test")
    assert (navigation.strangers(person), navigation.strangers(None), navigation.everybody(None)) == (False, True, True)
