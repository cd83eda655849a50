"""The cases that the present transaction holds under lock: read once, however many steps it takes in them.

While the lock is held nobody else can change the end of the chain, so a second read would only say again what the
first said. What is kept ends with the transaction, and with the savepoint in which it was read or last written.
"""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from workflows import statements
from workflows.models import Case


class _Mark:
    """Stands in the transaction's list of things to do after commit: Django takes it out of there on any rollback."""

    def __call__(self) -> None:
        """Do nothing; what counts is whether it still stands in the list."""

    def stands(self) -> bool:
        """Whether neither the transaction nor the savepoint in which it was set has ended in a rollback."""
        return any(entry[1] is self for entry in reversed(connection.run_on_commit))


@dataclass(slots=True)
class _Held:
    case: Case
    mark: _Mark


_held: WeakKeyDictionary[BaseDatabaseWrapper, dict[int, _Held]] = WeakKeyDictionary()


def _of_this_connection() -> dict[int, _Held]:
    return _held.setdefault(connections[connection.alias], {})


def locked(case_id: int) -> Case:
    """The case under lock, from memory where this transaction has locked it already. Raises Case.DoesNotExist."""
    held = _of_this_connection()
    known = held.get(case_id)
    if known is not None and known.mark.stands():
        return known.case
    if not connection.run_on_commit:  # a new transaction, or nothing kept that could still stand
        held.clear()
    case = statements.get_locked(Case, case_id)
    keep(case)
    return case


def keep(case: Case) -> None:
    """Note that the present savepoint has read or written this case, which is locked."""
    if connection.in_atomic_block:
        mark = _Mark()
        transaction.on_commit(mark)
        _of_this_connection()[case.pk] = _Held(case, mark)
