"""Pages of programmes: the tree, the preview before an import, who may do what."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.accounts.states import Role
from grants.programmes.display import emphasised
from grants.programmes.models import StrategyPlan, StrategyUpload
from grants.programmes.services import begin_programme, import_strategy, keep_upload
from grants.programmes.strategy_rows import Row
from tests.grants.people import person
from workflows.actors import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    """A coordinator who reads English, signed in."""
    user = person("coordinator@example.org", Role.COORDINATOR, language="en")
    client.cookies["django_language"] = "en"
    client.force_login(user)
    return user


@pytest.fixture
def plan(document):
    return import_strategy(data=document, by=SYSTEM, name="strategija.txt").plan


def text_of(response):
    return response.content.decode().replace("\u00a0", " ")


def send(client, data, name="strategija.txt"):
    return client.post(reverse("programmes:import"), {"document": SimpleUploadedFile(name, data, "text/plain")})


@pytest.mark.parametrize(
    ("role", "list_", "plan_", "import_", "upload"),
    [
        (Role.COORDINATOR, 200, 200, 200, 200),
        (Role.HEAD, 200, 200, 200, 200),
        (Role.FINANCE, 200, 200, 403, 404),
        (Role.AUDITOR, 200, 200, 403, 404),
        (Role.ADMINISTRATOR, 200, 200, 403, 404),
        (None, 403, 404, 403, 404),
        ("nobody", 302, 302, 302, 302),
    ],
)
def test_who_sees_what(client, plan, edited, line, role, list_, plan_, import_, upload):
    keeper = person("keeper@example.org", Role.COORDINATOR)
    kept = keep_upload(data=edited({48: line(48).replace("1000", "2000")}), by=keeper)
    if role != "nobody":
        client.force_login(person("x@example.org", *filter(None, [role])))
    addresses = [
        reverse("programmes:programmes"), plan.get_absolute_url(), reverse("programmes:import"),
        kept.get_absolute_url(),
    ]  # fmt: skip
    assert [client.get(address).status_code for address in addresses] == [list_, plan_, import_, upload]
    if role not in (Role.COORDINATOR, Role.HEAD):
        for address in addresses[2:]:
            client.post(address, {"seen_plan": plan.pk})
        assert StrategyPlan.objects.count() == 1


@pytest.mark.parametrize("name", ["plan", "upload"])
def test_an_id_that_never_was_is_not_found(client, coordinator, name):
    assert client.get(reverse(f"programmes:{name}", args=[999999])).status_code == 404


def test_the_tree_shows_sums_that_add_up_and_splits_nothing(client, coordinator, plan):
    page = text_of(client.get(plan.get_absolute_url()))
    for figure in ("EUR 313,000", "EUR 227,000", "EUR 46,500", "EUR 39,500", "EUR 114,000", "EUR 97,000"):
        assert figure in page
    assert "EU funds, State funds, Municipal funds, Association funds, Sponsors&#x27; funds" in page
    for bound in ("EUR 182,000", "EUR 271,000", "EUR 141,000", "EUR 295,000", "EUR 260,500"):
        assert bound in page
    assert "must not be added up" in page
    assert "<em>National Authorities on Public Libraries in Europe</em>" in page
    assert "<i>" not in page


@pytest.mark.parametrize(
    ("text", "marked", "shown"),
    [
        ("a & b", "", "a &amp; b"),
        ("a b", "a <i>b</i>", "a <em>b</em>"),
        ("x<script>1</script>", "", "x&lt;script&gt;1&lt;/script&gt;"),
        ("x <b>y</b> z", "x <b>y</b> <i>z</i>", "x &lt;b&gt;y&lt;/b&gt; <em>z</em>"),
        ("a{0}%s", "", "a{0}%s"),
    ],
)
def test_only_emphasis_becomes_markup(text, marked, shown):
    assert emphasised(Row("1", "goal", text, marked)) == shown


def test_upload_preview_confirm(client, coordinator, document):
    response = send(client, document)
    kept = StrategyUpload.objects.get()
    assert response.url == kept.get_absolute_url()
    preview = text_of(client.get(response.url))
    assert "everything is new" in preview
    assert "line 15" in preview
    assert not StrategyPlan.objects.exists()
    confirmed = client.post(response.url, {"seen_plan": ""})
    plan = StrategyPlan.objects.get()
    assert confirmed.url == plan.get_absolute_url()
    assert plan.imported_by == coordinator
    again = client.post(response.url, {"seen_plan": ""})
    assert again.url == plan.get_absolute_url()
    assert client.get(response.url).url == plan.get_absolute_url()
    assert StrategyPlan.objects.count() == 1


def test_preview_shows_what_changes_and_by_how_much(client, coordinator, plan, edited, line):
    changed = edited(
        {
            34: line(34).replace("24000", "25000"),
            48: None,
            27: line(27).replace("Asociacijos, rėmėjų", "Asociacijos"),
            26: line(26).replace("mugėje", "<b>mugėje</b>"),
            45: line(45) + "\n3.2.5.\tVeikla: nauja\t1\t2\t3\tES lėšos",
        }
    )
    page = text_of(client.get(send(client, changed).url))
    for words in ("Added: 1", "Changed: 3", "Removed: 1", "EUR 24,000 → EUR 25,000", "EUR 1,000 → EUR 0"):
        assert words in page
    assert "&lt;b&gt;mugėje&lt;/b&gt;" in page
    assert "<b>mugėje</b>" not in page
    assert f'value="{plan.pk}"' in page


def test_the_same_document_offers_nothing_to_confirm(client, coordinator, plan, document):
    page = text_of(client.get(send(client, document).url))
    assert "changes nothing" in page
    assert "Import the plan" not in page


def test_a_stale_preview_is_shown_again(client, coordinator, document, edited, line):
    address = send(client, edited({48: line(48).replace("1000", "2000")})).url
    current = import_strategy(data=document, by=SYSTEM).plan
    stale = client.post(address, {"seen_plan": ""})
    assert stale.status_code == 409
    assert "Someone was faster" in text_of(stale)
    assert "EUR 1,000 → EUR 2,000" in text_of(stale)
    assert StrategyPlan.objects.count() == 1
    assert client.post(address, {"seen_plan": current.pk}).status_code == 302
    assert StrategyPlan.objects.count() == 2


@pytest.mark.parametrize("seen", ["abc", "-1", "99999999999999999999999", "1e3"])
def test_a_forged_confirmation_changes_nothing(client, coordinator, plan, edited, line, seen):
    address = send(client, edited({48: line(48).replace("1000", "2000")})).url
    assert client.post(address, {"seen_plan": seen}).status_code == 409
    assert StrategyPlan.objects.count() == 1


def test_a_broken_document_shows_lines_and_keeps_nothing(client, coordinator, edited, line):
    response = send(client, edited({11: line(11).replace("5000", "daug", 1), 20: line(20)[:-1]}))
    assert response.status_code == 400
    page = text_of(response)
    for words in ("line 11", "“daug” is no sum for 2025.", "line 20", "5 columns instead of 6", "nothing was imported"):
        assert words in page
    assert not StrategyUpload.objects.exists()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "empty.txt", "The file is empty."),
        (b"%PDF-1.7\n", "plan.pdf", "not a plain text file but a PDF"),
        (b"\x89PNG\r\n\x1a\n", "plan.png", "a picture (PNG)"),
        (b"PK\x03\x04", "plan.docx", "a packed file"),
        (b"x" * (1024 * 1024 + 1), "big.txt", "The file is too large: 1 MB, at most 1 MB can be read."),
        (b"<script>\t\t\t\t\t\n", "x.txt", "The head of the table is missing"),
    ],
)
def test_another_kind_of_file_gets_a_sentence(client, coordinator, data, name, words):
    assert words in text_of(send(client, data, name))
    assert not StrategyUpload.objects.exists()


def test_no_file_gets_a_sentence(client, coordinator):
    response = client.post(reverse("programmes:import"), {})
    assert response.context["form"].errors["document"]


def test_earlier_versions_stay_and_point_to_the_one_in_force(client, coordinator, plan, edited, line):
    newer = import_strategy(data=edited({48: line(48).replace("1000", "2000")}), by=coordinator).plan
    old = client.get(plan.get_absolute_url())
    assert "This is an earlier version" in text_of(old)
    assert old.context["in_force"] == newer
    assert "This is an earlier version" not in text_of(client.get(newer.get_absolute_url()))
    assert "EUR 313,000" in text_of(old)


def test_the_number_of_queries_does_not_grow_with_rows(client, coordinator, plan, edited, line):
    def queries(address):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    programmes = reverse("programmes:programmes")
    begin_programme(code="P1", title_lt="a", by=SYSTEM)
    before = queries(plan.get_absolute_url()), queries(programmes)
    longer = line(48) + "".join(f"\n3.3.{n}.\tVeikla: nauja\t1\t2\t3\tES lėšos" for n in range(3, 30))
    newer = import_strategy(data=edited({48: longer}), by=SYSTEM).plan
    for code in ("P2", "P3"):
        begin_programme(code=code, title_lt="a", by=SYSTEM)
    assert (queries(newer.get_absolute_url()), queries(programmes)) == before
    assert max(before) <= 12
