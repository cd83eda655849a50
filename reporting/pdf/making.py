"""Starting the process that makes a PDF, and ending it where it takes too long."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

CHILD = Path(__file__).with_name("child.py")
SECONDS = 60
MARK = b"%PDF-"


class PdfFailed(Exception):
    """The file could not be made; the message says why, for the log."""


def make_pdf(template: str, data: dict[str, Any], *, seconds: float = SECONDS) -> bytes:
    """Make a tagged PDF (PDF/UA-1 and PDF/A-2a) of a template in this folder and JSON data.

    It is made in a process of its own, so that its memory is given back and a hang ends after `seconds`.
    Raises PdfFailed.
    """
    command = [sys.executable, "-I", str(CHILD), template]
    payload = json.dumps(data, ensure_ascii=False).encode()
    try:
        done = subprocess.run(command, input=payload, capture_output=True, timeout=seconds, check=False)  # noqa: S603  our own file
    except subprocess.TimeoutExpired as late:
        raise PdfFailed(f"It took more than {seconds} seconds.") from late
    except OSError as failure:  # no memory for another process, no interpreter any more
        raise PdfFailed(f"The process could not be started: {failure}") from failure
    if done.returncode != 0 or not done.stdout.startswith(MARK):
        said = done.stderr.decode(errors="replace")[-2000:]
        raise PdfFailed(said or f"No PDF came out; the process ended with {done.returncode}.")
    return done.stdout
