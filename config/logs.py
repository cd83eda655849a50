"""How an event is written: one line each, also when it carries a traceback."""

import logging
import time


class OneLine(logging.Formatter):
    """`2026-03-01T09:15:02.120Z ERROR workflows.relay message`, in UTC, line ends written as `\\n`."""

    converter = staticmethod(time.gmtime)  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__("%(asctime)s.%(msecs)03dZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        """The record and its traceback as one line."""
        return super().format(record).replace("\r", "\\r").replace("\n", "\\n")
