"""The relay: hands what is due from the outbox to the broker, in small rounds that a silent broker cannot hold up.

It never does the work itself. A broker that refuses, or takes connections and never answers, costs a round one
time-out; the rows wait in the database and leave when it is back. What was handed and not done within its lease is
handed again.
"""

import logging
from collections.abc import Callable
from typing import Any

from celery import Celery
from celery.app.utils import find_app
from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections
from kombu import Connection
from kombu.exceptions import OperationalError as BrokerFault

from workflows import clock
from workflows.models import OutboxEntry
from workflows.services import outbox

logger = logging.getLogger(__name__)
ROUND = 0.5
"""Seconds between two looks at the database."""
BATCH = 100
IN_FLIGHT = 500
"""So many handed and not begun at most: a backlog waits in the database, where it cannot be lost."""
FIRST_WAIT, LONGEST_WAIT = 1.0, 5.0
SOCKET_TIMEOUT = 1.0

Send = Callable[[OutboxEntry], None]


class Broker:
    """One short-tempered connection to the broker: every operation ends within a second or so, or fails."""

    def __init__(self, app: Celery | None = None) -> None:
        self.app: Celery = app or find_app(getattr(settings, "CELERY_APP", "config.celery"))
        self._connection: Connection | None = None

    def send(self, entry: OutboxEntry) -> None:
        """Publish one row's id; raises whatever the broker's library raises."""
        try:
            self.app.send_task(
                outbox.RUN_ENTRY, args=[entry.pk], shadow=entry.task, connection=self._connected(), retry=False,
                ignore_result=True,
            )  # fmt: skip
        except BaseException:
            self.close()
            raise

    def _connected(self) -> Connection:
        if self._connection is None:
            options = dict(self.app.conf.broker_transport_options or {})
            options |= {
                "socket_timeout": SOCKET_TIMEOUT, "socket_connect_timeout": SOCKET_TIMEOUT,
                "max_retries": 0, "retry_on_timeout": False,
            }  # fmt: skip
            self._connection = self.app.connection_for_write(transport_options=options)
        return self._connection

    def close(self) -> None:
        """Forget the connection; the next send makes a new one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.collect(socket_timeout=0.1)


BROKER_FAULTS: tuple[type[BaseException], ...] = (BrokerFault, OSError, *Connection("redis://").connection_errors)


class Relay:
    """Rounds of handing. `wait` says how long to rest before the next one."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.wait = ROUND
        self.broker_is_gone = False
        self.database_is_gone = False

    def round(self) -> int:
        """Hand what is due; answers how many rows the broker took. Faults outside never leave this method."""
        try:
            handed = self._hand_due()
        except (OperationalError, InterfaceError) as fault:
            self._rest()
            if not self.database_is_gone:
                logger.warning("the database does not answer, waiting for it: %s", fault)
            self.database_is_gone = True
            return 0
        if self.database_is_gone:
            logger.warning("the database answers again")
            self.database_is_gone = False
        return handed

    def _hand_due(self) -> int:
        now, handed = clock.now(), 0
        for pk in outbox.due_ids(now, min(BATCH, self._room())):
            entry = outbox.claim_for_broker(pk, now)
            if entry is None:
                continue
            try:
                self._send(entry)
            except BROKER_FAULTS as fault:
                outbox.unhand(entry.pk, entry.handings, f"{type(fault).__name__}: {fault}")
                self._broker_failed(fault)
                return handed
            handed += 1
            self._broker_took_it()
        if not self.broker_is_gone:
            self.wait = 0 if handed == BATCH else ROUND
        return handed

    @staticmethod
    def _room() -> int:
        waiting = OutboxEntry.objects.filter(outbox.waiting(), handed_at__isnull=False, started_at__isnull=True)
        return max(IN_FLIGHT - waiting.filter(lease_until__gt=clock.now()).count(), 0)

    def _broker_failed(self, fault: BaseException) -> None:
        self._rest()
        if not self.broker_is_gone:
            logger.warning("the queue does not answer; rows wait in the database: %s", fault)
        self.broker_is_gone = True

    def _broker_took_it(self) -> None:
        if self.broker_is_gone:
            logger.warning("the queue answers again")
        self.broker_is_gone = False
        self.wait = ROUND

    def _rest(self) -> None:
        self.wait = min(max(self.wait * 2, FIRST_WAIT), LONGEST_WAIT)


def run(stopped: Any, broker: Broker | None = None) -> None:
    """Hand rounds until `stopped` (a threading.Event) is set."""
    broker = broker or Broker()
    relay = Relay(broker.send)
    while not stopped.is_set():
        close_old_connections()
        relay.round()
        stopped.wait(relay.wait)
    broker.close()
