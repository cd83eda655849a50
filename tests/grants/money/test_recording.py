"""Recording money on its pages: how typed money comes back, and what is refused with which sentence."""

from decimal import Decimal

import pytest
from django.urls import reverse

from grants.money.models import Funding
from tests.grants.money.pages import texts


def filled(**changes):
    return {"year": "2027", "stage": "planned", "amount": "12 500,00", "currency": "EUR", "reason": ""} | changes


@pytest.mark.parametrize(("typed", "amount"), [("1 234,50", "1234.50"), ("1234.50", "1234.50"), ("0", "0.00")])
def test_a_funding_is_recorded_as_typed(client, finance, sources, typed, amount):
    client.force_login(finance)
    response = client.post(reverse("money:funding_new"), filled(source=sources["es"].pk, amount=typed))
    made = Funding.objects.get()
    assert response.url == made.get_absolute_url()
    assert (made.year, made.stage, made.amount, made.steps.get().by) == (2027, "planned", Decimal(amount), finance)


def test_litas_are_converted_and_both_amounts_kept(client, finance, sources):
    client.force_login(finance)
    client.post(
        reverse("money:funding_new"), filled(source=sources["es"].pk, year="2014", amount="1000", currency="LTL")
    )
    step = Funding.objects.get().steps.get()
    assert (step.amount, step.original_amount, step.original_currency) == (Decimal("289.62"), Decimal(1000), "LTL")


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("amount", "-5", "negative"),
        ("amount", "1,234", "thousands or decimals"),
        ("amount", "5 Eur", "without letters"),
        ("amount", "99999999999", "too large"),
        ("amount", "", "required"),
        ("year", "1066", "1990"),
        ("year", "abc", "whole number"),
        ("source", "0", "valid choice"),
        ("source", "x", "valid choice"),
        ("stage", "stolen", "valid choice"),
        ("currency", "USD", "valid choice"),
        ("programme_code", "x" * 41, "40"),
    ],
)
def test_a_wrong_field_says_why_and_keeps_what_was_typed(english_client, sources, field, value, named):
    data = filled(source=sources["es"].pk, reason="typed reason") | {field: value}
    response = english_client.post(reverse("money:funding_new"), data)
    assert response.status_code == 400
    assert field in response.context["form"].errors
    assert named in texts(response)
    assert "typed reason" in texts(response)
    assert not Funding.objects.exists()


def test_the_same_source_and_year_twice_is_refused_with_a_sentence(client, finance, sources):
    client.force_login(finance)
    data = filled(source=sources["es"].pk)
    client.post(reverse("money:funding_new"), data)
    again = client.post(reverse("money:funding_new"), data)
    assert again.status_code == 400
    assert again.context["form"].non_field_errors()
    assert Funding.objects.count() == 1


def test_a_stage_is_recorded_once_also_by_a_double_click(client, finance, funding):
    client.force_login(finance)
    address = reverse("money:funding_stage", args=[funding.pk])
    for _click in range(2):
        client.post(address, {"stage": "received", "amount": "4000", "currency": "EUR", "reason": ""})
    funding.refresh_from_db()
    assert (funding.stage, funding.amount, funding.steps.count()) == ("received", Decimal(4000), 2)


def test_going_back_without_a_reason_is_refused_at_the_reason(client, finance, funding):
    client.force_login(finance)
    address = reverse("money:funding_stage", args=[funding.pk])
    data = {"stage": "confirmed", "amount": "0", "currency": "EUR", "reason": " "}
    refused = client.post(address, data)
    assert list(refused.context["form"].errors) == ["reason"]
    assert client.post(address, data | {"reason": "The ministry withdrew."}).status_code == 302
    funding.refresh_from_db()
    assert (funding.stage, funding.amount) == ("promised", Decimal(10000))
