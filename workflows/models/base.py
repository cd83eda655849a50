"""The base of everything that has a machine."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django_fsm import FSMField

from workflows.models.cases import Case


def state_field_of(model: type[models.Model]) -> FSMField | None:
    """The state field of a model, or None where it has no machine."""
    return next((field for field in model._meta.concrete_fields if isinstance(field, FSMField)), None)


class WorkflowQuerySet(models.QuerySet[Any]):
    """Refuses to move a state behind the engine's back."""

    def update(self, **kwargs: Any) -> int:
        """As Django's, but never of a state or a version."""
        self._refuse(kwargs)
        return super().update(**kwargs)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        """As Django's, but never of a state or a version."""
        names = list(fields)
        self._refuse(names)
        return super().bulk_update(objs, names, *args, **kwargs)

    def _refuse(self, names: Iterable[str]) -> None:
        field = state_field_of(self.model)
        forbidden = {"version"} | ({field.name, field.attname} if field else set())
        if forbidden & set(names):
            raise ImproperlyConfigured("A state moves only through workflows.services.perform.")


WorkflowManager = models.Manager.from_queryset(WorkflowQuerySet)


class WorkflowModel(models.Model):
    """A row with a machine: it belongs to a case, and `version` counts its steps."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = WorkflowManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save new rows whole and known rows by named fields only, so that a stale copy reverts nothing."""
        if not self._state.adding and kwargs.get("update_fields") is None:
            raise ImproperlyConfigured("Save a row that has a machine with update_fields.")
        super().save(*args, **kwargs)

    def refresh_from_db(self, using: str | None = None, fields: Any = None, from_queryset: Any = None) -> None:
        """Read the row again without ever lifting the protection of the state, not even for a moment.

        django-fsm-2 switches `protected` off on the field itself, for every thread, and leaves it off when the
        row is gone. Setting the value aside in this instance alone has neither effect.
        """
        field = state_field_of(type(self))
        if field is None or (fields is not None and not {field.name, field.attname} & set(fields)):
            models.Model.refresh_from_db(self, using=using, fields=fields, from_queryset=from_queryset)
            return
        if fields is None:  # named one by one, because Django takes a state that was set aside for a deferred one
            known = self.__dict__.keys()
            fields = [f.attname for f in self._meta.concrete_fields if f.attname in known]
            self._prefetched_objects_cache: dict[str, Any] = {}
            for related in self._meta.related_objects:
                if related.is_cached(self):
                    related.delete_cached_value(self)
        kept = self.__dict__.pop(field.attname, None)
        try:
            models.Model.refresh_from_db(self, using=using, fields=fields, from_queryset=from_queryset)
        except BaseException:
            self.__dict__[field.attname] = kept
            raise

    def take_over(self, other: "WorkflowModel") -> None:
        """Become what another whole copy of the same row holds, as after a refresh but without asking the database."""
        for field in self._meta.concrete_fields:
            value = other.__dict__[field.attname]
            changed = self.__dict__.get(field.attname) != value
            if isinstance(field, models.ForeignKey):
                if changed and field.is_cached(self):
                    field.delete_cached_value(self)
                if field.is_cached(other) and not field.is_cached(self):
                    field.set_cached_value(self, field.get_cached_value(other))
            self.__dict__[field.attname] = value
        for related in self._meta.related_objects:
            if related.is_cached(self):
                related.delete_cached_value(self)
        self._prefetched_objects_cache = {}

    @property
    def subject_label(self) -> str:
        """How the log names this kind of thing, for instance `grants.project`."""
        return self._meta.label_lower

    @property
    def state_value(self) -> str:
        """The present state, whatever the field's name."""
        field = state_field_of(type(self))
        if field is None:  # pragma: no cover  a system check refuses such a model
            raise ImproperlyConfigured(f"{self._meta.label} has no state field.")
        return str(getattr(self, field.attname))
