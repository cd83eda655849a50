"""What the pages of implementation show around their things."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from grants.projects.models import Project

Crumbs = list[tuple[Any, str]]


def crumbs_of(project: Project, *more: tuple[Any, str]) -> Crumbs:
    """The path to a page of a project: the projects, the project, and what lies between it and the page."""
    return [(_("Projects"), reverse("projects:list")), (project.number, project.get_absolute_url()), *more]
