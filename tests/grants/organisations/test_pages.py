"""Pages of organisations: who gets which, what they show, how many queries they take."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.accounts.models import User
from grants.organisations.models import Municipality, Organisation
from grants.organisations.services.members import add_member
from grants.organisations.services.reference import load_reference
from workflows.actors import SYSTEM

Someone = Callable[..., User]
Join = Callable[..., User]
ENGLISH = {"accept-language": "en"}


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def more_organisations(place: Municipality | None, count: int) -> list[Organisation]:
    return [
        Organisation.objects.create(code=f"x-{n}", kind="partner", name=f"Partneris {n}", municipality=place)
        for n in range(count)
    ]


def test_list_takes_as_many_queries_with_three_rows_as_with_one(client: Client, library: Organisation) -> None:
    url = reverse("organisations:list")
    one = queries(client, url)
    more_organisations(library.municipality, 2)

    assert queries(client, url) == one
    assert one <= 12


def test_my_organisations_take_as_many_queries_with_three_rows_as_with_one(
    client: Client, someone: Someone, join: Join
) -> None:
    rasa = join(someone("rasa"), "admin")
    client.force_login(rasa)
    url = reverse("organisations:mine")
    one = queries(client, url)
    for place in more_organisations(None, 2):
        add_member(organisation=place, user=rasa, role="viewer", by=SYSTEM)

    assert queries(client, url) == one
    assert one <= 12


def test_an_organisation_takes_as_many_queries_with_three_members_as_with_one(
    client: Client, someone: Someone, join: Join, library: Organisation
) -> None:
    client.force_login(join(someone("rasa"), "admin"))
    one = queries(client, library.get_absolute_url())
    join(someone("jonas"), "viewer"), join(someone("ona"), "admin")

    assert queries(client, library.get_absolute_url()) == one
    assert one <= 12


FILTERS = [
    ("", 66),
    ("?q=siauliu", 3),
    ("?kind=county", 5),
    ("?county=LT-UT", 6),
    ("?q=biblioteka&kind=national", 1),
    ("?q=%00", 66),
    ("?kind=king", 66),
    ("?county=" + "9" * 300, 66),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("query", "count"), FILTERS)
def test_filters_of_the_list(client: Client, query: str, count: int) -> None:
    load_reference()

    answer = client.get(reverse("organisations:list") + query)

    assert answer.status_code == 200
    assert answer.context["page"].paginator.count == count


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "1e3", "9" * 400])
def test_a_page_that_is_not_there_is_not_found(client: Client, library: Organisation, page: str) -> None:
    assert client.get(reverse("organisations:list"), {"page": page}).status_code == 404


def test_the_list_is_paged_and_says_when_nothing_is_found(client: Client, db: None) -> None:
    load_reference()
    url = reverse("organisations:list")

    assert len(client.get(url, {"page": "3"}).context["page"]) == 16
    assert "Nothing matches these filters" in client.get(url, {"q": "nerasi"}, headers=ENGLISH).content.decode()


#               who          detail role  end   invite claim
ACCESS = [
    ("nobody", [200, 302, 302, 302, 302]),
    ("stranger", [200, 404, 404, 404, 200]),
    ("viewer", [200, 403, 403, 403, 200]),
    ("certifier", [200, 403, 403, 403, 200]),
    ("admin", [200, 200, 200, 200, 200]),
    ("coordinator", [200, 403, 403, 403, 200]),
    ("administrator", [200, 403, 403, 403, 200]),
    ("auditor", [200, 403, 403, 403, 200]),
]


@pytest.mark.parametrize(("who", "statuses"), ACCESS)
def test_who_gets_which_page(
    client: Client, someone: Someone, join: Join, library: Organisation, who: str, statuses: list[int]
) -> None:
    boss = join(someone("boss"), "admin")
    staff = who in {"coordinator", "administrator", "auditor"}
    if who != "nobody":
        rasa = someone("rasa", *([who] if staff else []))
        if who in {"viewer", "certifier", "admin"}:
            join(rasa, who)
        client.force_login(rasa)
    member = [library.pk, boss.pk]
    pages = [
        library.get_absolute_url(),
        reverse("organisations:member_role", args=member),
        reverse("organisations:end", args=member),
        reverse("organisations:invite", args=[library.pk]),
        reverse("organisations:claim", args=[library.pk]),
    ]

    assert [client.get(page).status_code for page in pages] == statuses
    members_shown = "boss@example.org" in client.get(pages[0]).content.decode()
    assert members_shown is (who not in {"nobody", "stranger"})


@pytest.mark.parametrize("name", ["member_role", "end"])
def test_anothers_id_and_an_id_that_never_was_are_the_same(
    client: Client, someone: Someone, join: Join, library: Organisation, name: str
) -> None:
    boss = join(someone("boss"), "admin")
    client.force_login(someone("rasa"))

    for args in ([library.pk, boss.pk], [library.pk, 10**9], [10**9, boss.pk], [10**30, 1]):
        assert client.get(reverse(f"organisations:{name}", args=args)).status_code == 404


def test_an_organisation_that_never_was_is_not_found(client: Client, db: None) -> None:
    for pk in (0, 10**9, 10**30):
        assert client.get(f"/organisations/{pk}/").status_code == 404


def test_one_administrator_is_warned_about_and_told_what_to_do(
    client: Client, someone: Someone, join: Join, library: Organisation
) -> None:
    client.force_login(join(someone("rasa"), "admin"))

    page = client.get(library.get_absolute_url()).content.decode()
    assert "There is 1 active administrator." in page
    assert reverse("organisations:invite", args=[library.pk]) in page
    assert "Fewer than two administrators" in client.get(reverse("organisations:mine")).content.decode()

    join(someone("ona"), "admin")
    assert "active administrator" not in client.get(library.get_absolute_url()).content.decode()


def test_changing_a_role_on_the_page(client: Client, someone: Someone, join: Join, library: Organisation) -> None:
    boss, rasa = join(someone("boss"), "admin"), join(someone("rasa"), "viewer")
    client.force_login(boss)
    url = reverse("organisations:member_role", args=[library.pk, rasa.pk])

    assert client.post(url, {"role": "king"}).context["form"].errors.keys() == {"role"}
    assert client.post(url, {"role": "editor"}).url == library.get_absolute_url()
    assert client.post(url, {"role": "editor"}).url == library.get_absolute_url()
    assert rasa.memberships.get(left_at__isnull=True).role == "editor"
    own = reverse("organisations:member_role", args=[library.pk, boss.pk])
    assert "last administrator" in client.post(own, {"role": "viewer"}).content.decode()


def test_ending_and_leaving_on_the_page(client: Client, someone: Someone, join: Join, library: Organisation) -> None:
    boss, rasa, jonas = join(someone("boss"), "admin"), join(someone("rasa"), "editor"), join(someone("j"), "viewer")
    client.force_login(rasa)
    own = reverse("organisations:end", args=[library.pk, rasa.pk])
    assert "Leave this organisation?" in client.get(own).content.decode()
    assert client.post(own).url == library.get_absolute_url()
    assert client.post(own).url == library.get_absolute_url()

    client.force_login(boss)
    theirs = reverse("organisations:end", args=[library.pk, jonas.pk])
    assert client.post(theirs).url == library.get_absolute_url()
    assert client.post(theirs).url == library.get_absolute_url()
    assert client.get(reverse("organisations:member_role", args=[library.pk, jonas.pk])).status_code == 404
    last = client.post(reverse("organisations:end", args=[library.pk, boss.pk]))
    assert "last administrator" in last.content.decode()


def test_names_with_markup_and_marks_are_shown_harmlessly(client: Client, db: None) -> None:
    name = "<b>Biblioteka</b> \u202e „Šviesa“ 📚 " + "ą" * 150
    Organisation.objects.create(code="x-9", kind="partner", name=name, invented=True)

    for url in (reverse("organisations:list"), Organisation.objects.get().get_absolute_url()):
        page = client.get(url).content.decode()
        assert "<b>Biblioteka" not in page
        assert "&lt;b&gt;Biblioteka&lt;/b&gt;" in page


def test_earlier_names_are_shown(client: Client, db: None) -> None:
    load_reference()

    page = client.get(Organisation.objects.get(code="svb-26").get_absolute_url()).content.decode()
    assert "Mažeikių rajono savivaldybės viešoji biblioteka" in page


def test_home_says_where_to_begin_and_where_an_administrator_is_missing(
    client: Client, someone: Someone, join: Join, library: Organisation
) -> None:
    rasa = someone("rasa")
    client.force_login(rasa)
    assert "You act for no organisation yet" in client.get("/").content.decode()

    join(rasa, "admin")
    page = client.get("/").content.decode()
    assert "Name a second one" in page
    assert library.get_absolute_url() in page

    join(someone("ona"), "admin")
    assert "Name a second one" not in client.get("/").content.decode()
    client.force_login(someone("jonas", "coordinator"))
    assert "You act for no organisation yet" not in client.get("/").content.decode()


def test_names_with_marks_stand_among_their_letters(client: Client, db: None) -> None:
    for code, name in (("a", "Zarasai"), ("b", "Šiauliai"), ("c", "Tauragė"), ("d", "Skuodas")):
        Organisation.objects.create(code=code, kind="partner", name=name)

    shown = [row.name for row in client.get(reverse("organisations:list")).context["page"]]
    assert shown == ["Šiauliai", "Skuodas", "Tauragė", "Zarasai"]
