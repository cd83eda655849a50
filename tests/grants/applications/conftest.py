"""Both example calls, open; a library with its team; the funder's people; drafts at every step."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.http import QueryDict
from django.utils import translation

from grants.accounts.models import RoleGrant, User
from grants.accounts.states import Role
from grants.applications.services import save_section, start_application, submit_application
from grants.calls.models import BudgetCategory, Call, CallDate, Nomination
from grants.organisations.models import Membership, Municipality, Organisation
from grants.organisations.states import MemberRole
from grants.programmes.models import Programme
from grants.questionnaires.from_call import definition_from_call
from grants.questionnaires.services import publish_questionnaire
from tests.fixtures.beginnings import kept
from tests.grants.applications import filling
from workflows import clock
from workflows.actors import SYSTEM
from workflows.models import Case
from workflows.services import begin, perform

DATA = Path(settings.BASE_DIR) / "grants" / "calls" / "data"
OPENED = datetime(2027, 1, 11, 7, tzinfo=UTC)
CLOSES = datetime(2027, 3, 5, 15, tzinfo=UTC)
"""17:00 in Vilnius, to the microsecond."""


@pytest.fixture(autouse=True)
def _media(settings, tmp_path, beginning):
    settings.MEDIA_ROOT = tmp_path
    beginning.lay_files(tmp_path)


@pytest.fixture(autouse=True)
def _english():
    """Sentences are compared in the language of the source; pages are asked for in both."""
    with translation.override("en"):
        yield


@pytest.fixture
def travel():
    """The clock stands at noon of a day in February 2027; `travel.to(moment)` moves it."""
    stand = clock.Travel(datetime(2027, 2, 24, 10, tzinfo=UTC))
    with clock.replaced(stand):
        yield stand


def user(email, name, *roles):
    found = User.objects.create_user(email, full_name=name)
    for role in roles:
        RoleGrant.objects.create(user=found, role=role, since=clock.now())
    return found


@pytest.fixture
@kept
def coordinator(db, travel):
    return user("koordinatore@pazanga.test", "Koordinatorė Koordinatoraitė", Role.COORDINATOR)


@pytest.fixture
def head(db, travel):
    return user("vadove@pazanga.test", "Vadovė Vadovaitė", Role.HEAD)


@pytest.fixture
def auditor(db, travel):
    return user("auditorius@pazanga.test", "Auditorius Auditoraitis", Role.AUDITOR)


@pytest.fixture
def stranger(db, travel):
    return user("svetimas@kitur.test", "Svetimas Svetimaitis")


@pytest.fixture
@kept
def library(db, travel):
    place, _new = Municipality.objects.get_or_create(
        code="LT-01",
        defaults={
            "registry_code": "32", "name_lt": "Akmenės rajono savivaldybė", "short_lt": "Akmenės r.",
            "kind": "district",
            "county_code": "LT-SA", "county_lt": "Šiaulių", "county_en": "Šiauliai", "centre": "Naujoji Akmenė",
            "population": 20000, "tile_row": 0, "tile_col": 3, "tile_label": "AKM",
        },
    )  # fmt: skip
    return Organisation.objects.create(
        code="LIB-AZUOLUPIO", kind="municipal", name="Ąžuolupio viešoji biblioteka", municipality=place,
        legal_code="190123456", invented=True,
    )  # fmt: skip


@pytest.fixture
def other_library(db, travel):
    return Organisation.objects.create(code="LIB-PAUPIO", kind="municipal", name="Paupio viešoji biblioteka")


def join(organisation, role, name, language="lt"):
    count = User.objects.count()
    person = user(f"{role}{count}@biblioteka.test", name)
    person.language = language
    person.save(update_fields=["language"])
    Membership.objects.create(organisation=organisation, user=person, role=role, joined_at=clock.now())
    return person


@pytest.fixture
def member(library, travel):
    """Makes a member of the library: member("editor")."""

    def make(role=MemberRole.SUBMITTER, organisation=library, name="Narys Narutis", language="lt"):
        return join(organisation, role, name, language)

    return make


@pytest.fixture
@kept
def director(library):
    return join(library, MemberRole.SUBMITTER, "Vardenė Pavardenė")


@pytest.fixture
def editor(member):
    return member(MemberRole.EDITOR, name="Jonas Jonaitis")


@pytest.fixture
def viewer(member):
    return member(MemberRole.VIEWER, name="Žiūrovė Žiūrovaitė")


def document(name):
    return json.loads((DATA / f"{name}.json").read_text())


def load(rules, coordinator, closes, **fields):
    """A call of a document, open until `closes`."""
    titles = rules["programme"]["title"]
    code = rules["call"]["code"]
    programme = Programme.objects.create(
        case=Case.objects.create(kind="programme", number=rules["programme"]["code"], title=titles["lt"]),
        code=rules["programme"]["code"], title_lt=titles["lt"], title_en=titles["en"],
    )  # fmt: skip
    form = publish_questionnaire(code=code, definition=definition_from_call(rules), by=coordinator)
    title, purpose = rules["call"]["title"], rules["call"]["purpose"]
    call = begin(
        Call(
            case=Case.objects.create(kind="call", number=code, title=title["lt"], parent=programme.case),
            programme=programme, code=code, title_lt=title["lt"], title_en=title["en"], purpose_lt=purpose["lt"],
            purpose_en=purpose["en"], published_at=OPENED, opens_at=OPENED, closes_at=closes, questionnaire=form,
            rules={key: value for key, value in rules.items() if key != "form"}, **fields,
        ),
        by=coordinator,
    )  # fmt: skip
    for order, category in enumerate(rules["budget_categories"]):
        BudgetCategory.objects.create(
            call=call, code=category["code"], label=category["label"], order=order,
            max_percent=category["max_percent_of_grant"],
        )  # fmt: skip
    nominations = [(c, n) for c in rules.get("categories", []) for n in c["nominations"]]
    for order, (category, nomination) in enumerate(nominations):
        Nomination.objects.create(
            call=call, category_key=category["id"], category_label=category["label"], key=nomination["id"],
            label=nomination["label"], order=order,
        )  # fmt: skip
    CallDate.objects.create(
        call=call, key="administrative_check_until", first_planned_at=closes + timedelta(days=21),
        planned_at=closes + timedelta(days=21), order=1,
    )  # fmt: skip
    return call


def opened(call, coordinator):
    perform(call, "schedule", by=coordinator)
    perform(call, "open", by=SYSTEM)
    return call


@pytest.fixture
@kept
def call(coordinator, travel):
    """The call with money."""
    rules = document("bp-2027-1")
    rules["features"]["expert_scoring"] = False  # criteria and fundings are other rooms'
    rules["call"]["money"]["total"] = 0
    return opened(load(rules, coordinator, CLOSES), coordinator)


@pytest.fixture
@kept
def contest(coordinator, travel):
    """The contest without money."""
    rules = document("nom-2027")
    rules["features"]["expert_scoring"] = False
    return opened(load(rules, coordinator, datetime(2027, 3, 8, 15, tzinfo=UTC)), coordinator)


@pytest.fixture
@kept
def draft(call, library, director):
    """An application just begun."""
    return start_application(call=call, organisation=library, by=director).application


def fill(application, by, sections=filling.PROJECT_CALL):
    for section, data in sections.items():
        save_section(application=application, section_id=section, data=data, by=by)
    if sections is filling.PROJECT_CALL:
        annexes = filling.files(
            partner_agreement__r1=filling.pdf(mark=b"1"), owner_consent=filling.pdf(mark=b"2"),
            price_basis=filling.pdf("kainos.pdf", b"3"), cv=filling.pdf("cv.pdf", b"4"),
        )  # fmt: skip
        save_section(application=application, section_id="annexes", data=QueryDict(), by=by, files=annexes)
    application.refresh_from_db()
    application.project.refresh_from_db()
    return application


@pytest.fixture
@kept
def ready(draft, director):
    """A draft in which only the declarations are missing."""
    return fill(draft, director)


def press(application, by, key="first press", declarations=filling.DECLARATIONS, language="lt"):
    version = submit_application(application=application, by=by, key=key, declarations=declarations, language=language)
    application.refresh_from_db()
    application.project.refresh_from_db()
    return version


@pytest.fixture
def submit():
    return press


@pytest.fixture
@kept
def received(ready, director, travel):
    """A submitted application."""
    press(ready, director)
    return ready


@pytest.fixture
def make_received(call, member, submit):
    """Makes more submitted applications, each of another library."""
    numbers = iter(range(1, 100))

    def make(count):
        found = []
        for _n in range(count):
            number = next(numbers)
            place = Organisation.objects.create(
                code=f"LIB-{number}", kind="municipal", name=f"{number}-oji biblioteka", legal_code="190123456"
            )
            person = member(MemberRole.SUBMITTER, organisation=place, name=f"Direktorė {number}")
            application = start_application(call=call, organisation=place, by=person).application
            fill(application, person)
            submit(application, person, key=f"press {number}")
            found.append(application)
        return found

    return make
