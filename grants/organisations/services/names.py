"""Names of organisations over time."""

from datetime import date

from django.db import transaction

from grants.organisations.models import Organisation, OrganisationName


@transaction.atomic
def rename_organisation(*, organisation: Organisation, name: str, since: date | None = None, note: str = "") -> None:
    """Give the organisation a new name and keep the one before, valid until `since` (empty where unknown).

    The same name again changes nothing.
    """
    current = organisation.names.select_for_update().filter(is_current=True).first()
    if current is not None and current.name == name:
        return
    if current is not None:
        current.is_current = False
        current.valid_until = since
        current.save(update_fields=["is_current", "valid_until"])
    OrganisationName.objects.create(organisation=organisation, name=name, valid_from=since, is_current=True, note=note)
    organisation.name = name
    organisation.save(update_fields=["name"])


@transaction.atomic
def record_former_name(
    *, organisation: Organisation, name: str, valid_from: date | None, valid_until: date | None, note: str = ""
) -> bool:
    """Note an earlier name, found by search from then on; True when it was not yet known."""
    _, is_new = OrganisationName.objects.get_or_create(
        organisation=organisation,
        name=name,
        valid_from=valid_from,
        defaults={"valid_until": valid_until, "note": note},
    )
    if is_new:
        organisation.save(update_fields=["search_text"])
    return is_new
