"""Receipt numbers: read aloud and typed by people, so that a slip of the finger is noticed."""

import re

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NUMBER = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*-P[1-9][0-9]*-[0-9]{2}")


def check_digits(body: str) -> str:
    """Two digits over the letters and digits of `body`, by ISO 7064 MOD 97-10 as in an IBAN."""
    digits = "".join(str(ALPHABET.index(character)) for character in body if character in ALPHABET)
    return f"{98 - int(digits + '00') % 97:02d}"


def receipt_number(project_number: str, version: int) -> str:
    """The receipt number of one submitted version, such as `BP-2027-1-014-P1-36`. Raises ValueError below version 1."""
    if version < 1:
        raise ValueError("Versions are counted from 1.")
    body = f"{project_number.upper()}-P{version}"
    return f"{body}-{check_digits(body)}"


def tidy(typed: str) -> str:
    """The number as it is stored, from what a person typed: capitals, no spaces, plain hyphens."""
    return re.sub(r"[‐‑‒–—−]", "-", re.sub(r"\s+", "", typed)).upper()


def is_well_formed(number: str) -> bool:
    """Whether a tidy number has the right shape and the right check digits."""
    if not _NUMBER.fullmatch(number):
        return False
    body, _hyphen, digits = number.rpartition("-")
    return check_digits(body) == digits
