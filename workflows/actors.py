"""Who acts: a person, or the system itself, which is named and never a default."""

from typing import Final


class System:
    """The actor of timers and consequences that no person asked for."""

    pk: None = None
    is_authenticated: bool = False


SYSTEM: Final = System()
