"""What can be asked, shown beside the box: examples of searches, and the words after `is:` for this reader."""

from typing import Any

from django.utils.translation import gettext as _

from grants.accounts.permissions import is_staff_member
from reporting.search.flags import FLAGS, Flag


def examples_for(user: Any) -> list[tuple[str, str]]:
    """Searches that work as they stand, each with what it finds; those that sense for this reader."""
    if not user.is_authenticated:
        return [(_("library"), _("calls and organisations with the word"))]
    found = [
        ("is:mine", _("projects in which it is your turn")),
        ("stage:implementation", _("projects being implemented")),
        ("is:overdue", _("projects with a deadline that has passed")),
    ]
    if is_staff_member(user):
        found += [
            ("stage:selection older:30", _("in selection for more than 30 days")),
            ("is:late-report -is:held", _("late reports of projects that are not on hold")),
            ("in:utena", _("projects of a municipality or a county")),
        ]
    return found


def flags_for(user: Any) -> list[Flag]:
    """The words after `is:` that can be true for this reader."""
    if not user.is_authenticated:
        return []
    staff = is_staff_member(user)
    return [flag for flag in FLAGS.values() if staff or flag.sight != "staff"]
