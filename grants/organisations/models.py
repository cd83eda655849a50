"""Municipalities, organisations with their names over time, and the people who act for them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField

from grants.organisations.folding import fold
from grants.organisations.guards import knows_the_person
from grants.organisations.permissions import asked_it, can_decide_claim
from grants.organisations.states import ClaimState, MemberRole, MunicipalityKind, OrganisationKind
from workflows import clock
from workflows.models import WorkflowModel
from workflows.moves import Move
from workflows.transitions import transition


class Municipality(models.Model):
    """One of the 60 municipalities of Lithuania, with its place in the tile map."""

    code = models.CharField(_("code"), max_length=8, primary_key=True, help_text="ISO 3166-2")
    registry_code = models.CharField(_("registry code"), max_length=2, unique=True)
    name_lt = models.CharField(_("name"), max_length=100, unique=True)
    short_lt = models.CharField(_("short name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=MunicipalityKind.choices)
    county_code = models.CharField(_("county code"), max_length=8)
    county_lt = models.CharField(_("county"), max_length=60)
    county_en = models.CharField(_("county in English"), max_length=60)
    centre = models.CharField(_("centre"), max_length=60)
    population = models.PositiveIntegerField(_("population, rounded"))
    tile_row = models.PositiveSmallIntegerField()
    tile_col = models.PositiveSmallIntegerField()
    tile_label = models.CharField(max_length=3)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["tile_row", "tile_col"], name="municipality_tile_once"),
            models.CheckConstraint(condition=Q(kind__in=MunicipalityKind.values), name="municipality_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name_lt


class Organisation(models.Model):
    """A library, the funder or a partner. The code never changes; the name does, and its past is kept."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=OrganisationKind.choices)
    name = models.CharField(_("name"), max_length=200)
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("municipality"),
    )
    city = models.CharField(_("seat"), max_length=60, blank=True)
    domain = models.CharField(_("internet domain"), max_length=100, blank=True)
    legal_code = models.CharField(_("legal entity code"), max_length=20, blank=True)
    invented = models.BooleanField(_("invented for the demonstration"), default=False)
    search_text = models.CharField(max_length=1000, blank=True, editable=False, db_index=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=OrganisationKind.values), name="organisation_kind_known"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(code=""), name="organisation_named"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded text by which the organisation is found in step with its names."""
        past = list(self.names.values_list("name", flat=True)) if self.pk else []
        seen = dict.fromkeys(fold(part) for part in [self.name, self.code, self.city, *past] if part)
        self.search_text = " | ".join(seen)[:1000]
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The page of the organisation."""
        return reverse("organisations:detail", args=[self.pk])


class OrganisationName(models.Model):
    """A name and when it was valid. Many days of renaming are unknown: then they stay empty, with a note."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names", verbose_name=_("organisation"))
    name = models.CharField(_("name"), max_length=200)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    is_current = models.BooleanField(_("in use now"), default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("name of an organisation")
        verbose_name_plural = _("names of organisations")
        ordering = ["organisation", "-is_current", F("valid_until").desc(nulls_last=True), "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(is_current=True), name="organisation_one_current_name"
            ),
            models.UniqueConstraint(fields=["organisation", "name", "valid_from"], name="organisation_name_once"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="organisation_name_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(is_current=False) | Q(valid_until__isnull=True), name="organisation_current_name_open"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Somebody acts for an organisation in one role, from joining until leaving; what they made stays with it."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=10, choices=MemberRole.choices, default=MemberRole.VIEWER)
    joined_at = models.DateTimeField(_("joined"), default=clock.now)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("added by")
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organisation", "joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=Q(left_at__isnull=True), name="membership_one_active"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("joined_at")), name="membership_dates_in_order"
            ),
            models.CheckConstraint(condition=Q(role__in=MemberRole.values), name="membership_role_known"),
        ]


class Invitation(models.Model):
    """A call by e-mail to join an organisation: it expires, and works once."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="invitations", verbose_name=_("organisation")
    )
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=10, choices=MemberRole.choices, default=MemberRole.EDITOR)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    invited_at = models.DateTimeField(_("invited"))
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("accepted by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    """Why the funder's administrator sent it to an organisation that nobody could manage; else empty."""

    class Meta:
        verbose_name = pgettext_lazy("organisation", "invitation")
        verbose_name_plural = pgettext_lazy("organisation", "invitations")
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                F("organisation"),
                Lower("email"),
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_one_open",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("invited_at")), name="invitation_dates_in_order"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, withdrawn_at__isnull=True),
                name="invitation_one_end",
            ),
            models.CheckConstraint(condition=Q(role__in=MemberRole.values), name="invitation_role_known"),
            models.CheckConstraint(condition=Q(reason="") | Q(role=MemberRole.ADMIN), name="invitation_helps_an_admin"),
        ]


class OrganisationClaim(WorkflowModel):
    """Somebody asks to act for an organisation that has not invited them."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="claims", verbose_name=_("organisation")
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    message = models.TextField(_("who I am in the organisation"), max_length=1000)
    role = models.CharField(_("role"), max_length=10, choices=MemberRole.choices, default=MemberRole.EDITOR)
    asked_at = models.DateTimeField(_("asked"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    state = FSMField(default=ClaimState.ASKED, choices=ClaimState.choices, protected=True)

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=Q(state=ClaimState.ASKED), name="claim_one_waiting"
            ),
            models.CheckConstraint(condition=Q(state__in=ClaimState.values), name="claim_state_known"),
            models.CheckConstraint(condition=Q(role__in=MemberRole.values), name="claim_role_known"),
            models.CheckConstraint(
                condition=Q(state=ClaimState.ASKED, decided_at__isnull=True)
                | (~Q(state=ClaimState.ASKED) & Q(decided_at__gte=F("asked_at"))),
                name="claim_decided_with_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.organisation}"

    def get_absolute_url(self) -> str:
        """The page where the request is read and decided."""
        return reverse("organisations:claim_detail", args=[self.pk])

    @transition(
        field=state,
        source=ClaimState.ASKED,
        target=ClaimState.ALLOWED,
        permission=can_decide_claim,
        guards=[knows_the_person],
        label=_("Allow"),
        system=True,
        logged=["role"],
    )
    def allow(self, move: Move) -> None:
        """The person becomes a member, in the role that the decision names."""
        self.role = move.data.get("role", self.role)
        self.decided_at = move.now

    @transition(
        field=state,
        source=ClaimState.ASKED,
        target=ClaimState.DECLINED,
        permission=can_decide_claim,
        guards=[],
        label=_("Decline"),
        note_required=True,
    )
    def decline(self, move: Move) -> None:
        """The person stays outside and reads why."""
        self.decided_at = move.now

    @transition(
        field=state,
        source=ClaimState.ASKED,
        target=ClaimState.WITHDRAWN,
        permission=asked_it,
        guards=[],
        label=_("Withdraw the request"),
    )
    def withdraw(self, move: Move) -> None:
        """The person no longer asks."""
        self.decided_at = move.now
