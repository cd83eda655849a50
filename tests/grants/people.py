"""People with roles, for the tests of every slice."""

from grants.accounts.models import RoleGrant, User
from workflows import clock


def person(email, *roles, language="lt"):
    """A user who holds these roles now."""
    user = User.objects.create_user(email, full_name=email.split("@")[0], language=language)
    for role in roles:
        RoleGrant.objects.create(user=user, role=role, since=clock.now())
    return user
