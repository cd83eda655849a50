"""Every variable that the product reads from its environment: one list, typed, checked, documented.

Reading never raises: a value that cannot be understood becomes a sentence in `problems`, which the system checks show
(config/checks.py) and which keeps the servers from starting.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import environ

BASE_DIR = Path(__file__).resolve().parent.parent

REDIS_SCHEMES = ("redis", "rediss", "unix")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
YES, NO = {"1", "on", "true", "yes"}, {"0", "off", "false", "no"}


@dataclass(frozen=True)
class Variable:
    """One setting that may differ from one installation to the next."""

    name: str
    kind: str
    default: str
    meaning: str


VARIABLES = (
    Variable("ENV_FILE", "path", ".env beside manage.py", "File with more of these variables; the environment wins."),
    Variable("DEBUG", "yes or no", "on", "Pages for developers when something breaks. Off in production."),
    Variable("SECRET_KEY", "text", "", "At least 50 random characters. Required when DEBUG is off."),
    Variable("HTTPS", "yes or no", "the opposite of DEBUG", "Redirect to https, secure `__Host-` cookies, HSTS."),
    Variable("HSTS_SECONDS", "number", "31536000", "How long browsers remember to use https only."),
    Variable(
        "TRUST_PROXY", "yes or no", "off", "Believe the proxy's X-Forwarded-Proto. Only behind a proxy that sets it."
    ),
    Variable(
        "ALLOWED_HOSTS", "list", "localhost,127.0.0.1,[::1],testserver", "Host names that the product answers to."
    ),
    Variable(
        "CSRF_TRUSTED_ORIGINS", "list", "", "Origins that may post forms, with scheme, when a proxy changes the host."
    ),
    Variable("SITE_URL", "URL", "http://127.0.0.1:8000", "The public address, used in letters and feeds."),
    Variable("PORT", "number", "8000", "Where `make run` and the container listen."),
    Variable("BIND", "text", "127.0.0.1", "The network address that the web server listens on."),
    Variable("WEB_WORKERS", "number", "1", "Web processes, of four threads each."),
    Variable("WEB_LOG_LEVEL", "text", "WARNING", "What the web server itself tells; INFO names starts and stops."),
    Variable("VAR_DIR", "path", "var beside manage.py", "Everything that the installation writes."),
    Variable("DATABASE_URL", "URL", "sqlite in VAR_DIR", "`postgres://user:password@host:5432/name` in production."),
    Variable(
        "REDIS_URL", "URL", "a private server in VAR_DIR", "`redis://`, `rediss://` or `unix://`: the task queue."
    ),
    Variable("CACHE_URL", "URL", "the database", "`redis://…` for cache and rate limits, with several web processes."),
    Variable(
        "EMAIL_URL", "URL", "files in VAR_DIR/mail", "`smtp+tls://user:password@host:587`, `smtp+ssl://…`, `smtp://…`."
    ),
    Variable("DEFAULT_FROM_EMAIL", "text", "Pažanga <noreply@pazanga.test>", "Sender of every letter."),
    Variable("CONTACT", "text", "", "Whom to write to or call; shown on the pages of help and accessibility."),
    Variable(
        "SEALS_DIR", "path", "seals in VAR_DIR", "Where seals of the log are exported; best on another machine's disk."
    ),
    Variable("S3_BUCKET", "text", "", "Keep uploaded files in this bucket instead of VAR_DIR/media."),
    Variable("S3_ENDPOINT", "URL", "", "Address of an S3-compatible store other than Amazon's."),
    Variable("S3_REGION", "text", "", "Region of the bucket."),
    Variable("S3_ACCESS_KEY", "text", "", "Access key; without it the machine's own role is used."),
    Variable("S3_SECRET_KEY", "text", "", "The secret that belongs to S3_ACCESS_KEY."),
    Variable(
        "TRUSTED_PROXY_COUNT", "number", "0", "How many proxies stand before the product; rate limits need the address."
    ),
    Variable(
        "MFA_REQUIRED_ROLES", "list", "", "Roles that may go on only with a second factor: `administrator,finance`."
    ),
    Variable("LOG_LEVEL", "text", "INFO", "DEBUG, INFO, WARNING or ERROR; one line per event on standard output."),
    Variable("DEMO", "yes or no", "off", "A demonstration: example people can be entered with one click."),
    Variable(
        "DEMO_STORIES", "all or people", "all", "How much a demonstration tells; `people`: accounts and the plan."
    ),
    Variable(
        "DEMO_CAN_START_OVER", "yes or no", "off", "Told by `make run` to its parts, which offer it on a page then."
    ),
    Variable(
        "CLOCK_MAY_BE_REPLACED", "yes or no", "as DEMO", "Let the demonstration travel in time. Never in production."
    ),
)
KNOWN = {variable.name: variable for variable in VARIABLES}


@dataclass
class Environment:
    """Reads the variables of `VARIABLES`, and no other."""

    env: environ.Env = field(default_factory=environ.Env)
    problems: list[str] = field(default_factory=list)

    def load_file(self, default: Path) -> None:
        """Add the variables of ENV_FILE, or of `default` where it exists; those already set stay."""
        chosen = self.text("ENV_FILE", str(default))
        if chosen and Path(chosen).is_file():
            self.env.read_env(chosen)

    def text(self, name: str, default: str = "") -> str:
        """The value as it stands; `default` when unset or empty. KeyError for a variable that is not listed."""
        value = self.env.ENVIRON.get(KNOWN[name].name, "").strip()
        return value or default

    def yes_no(self, name: str, default: bool) -> bool:
        """on/off, true/false, yes/no, 1/0."""
        value = self.text(name).lower()
        if not value:
            return default
        if value not in YES | NO:
            self.problems.append(f"{name} must be on or off, not “{value}”.")
            return default
        return value in YES

    def number(self, name: str, default: int, lowest: int = 0, highest: int = 2**31) -> int:
        """A whole number between two bounds, both allowed."""
        value = self.text(name)
        if not value:
            return default
        if not value.isascii() or not value.isdigit() or not lowest <= int(value) <= highest:
            self.problems.append(f"{name} must be a whole number from {lowest} to {highest}, not “{value}”.")
            return default
        return int(value)

    def items(self, name: str, default: str = "") -> list[str]:
        """Values between commas."""
        return [part.strip() for part in self.text(name, default).split(",") if part.strip()]

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        """One of the allowed words, in capitals."""
        value = self.text(name, default).upper()
        if value not in allowed:
            self.problems.append(f"{name} must be one of {', '.join(allowed)}, not “{value}”.")
            return default
        return value

    def url(self, name: str, default: str, schemes: tuple[str, ...]) -> str:
        """An address that starts with one of the schemes."""
        value = self.text(name, default)
        if value and value.split("://")[0] not in schemes:
            self.problems.append(f"{name} must start with {' or '.join(f'{scheme}://' for scheme in schemes)}.")
            return default
        return value

    def database(self, name: str, default: str) -> dict[str, Any]:
        """The database settings that an address stands for; `%2F` in the host part means a socket's folder."""
        value = self.url(name, default, ("sqlite", "postgres", "postgresql"))
        found = self._taken_apart(name, value, self.env.db_url_config) or dict(self.env.db_url_config(default))
        found["HOST"] = unquote(str(found.get("HOST") or ""))
        return found

    def email(self, name: str) -> dict[str, Any]:
        """The EMAIL_… settings that an address stands for; nothing when it is not set."""
        schemes = ("smtp", "smtp+tls", "smtp+ssl", "consolemail", "filemail", "memorymail")
        value = self.url(name, "", schemes)
        return self._taken_apart(name, value, self.env.email_url_config) if value else {}

    def _taken_apart(self, name: str, value: str, parse: Callable[[str], Any]) -> dict[str, Any]:
        """The settings in an address; nothing, and a problem, where it cannot be read (never with the address)."""
        try:
            return dict(parse(value))
        except (ValueError, KeyError):
            self.problems.append(
                f"{name} cannot be read: give it the form in docs/settings.md, and write @ : / # ? in a password as "
                "%40 %3A %2F %23 %3F."
            )
            return {}

    def refuse_to_start_if_wrong(self) -> None:
        """End the process with one sentence per problem; for the parts that load no Django and so run no checks."""
        if self.problems:
            sys.exit("\n  ".join(["Pažanga does not start:", *self.problems]))


def as_table() -> str:
    """The variables as a Markdown table."""
    rows = ["| variable | kind | unless set | meaning |", "| --- | --- | --- | --- |"]
    rows += [f"| `{v.name}` | {v.kind} | {v.default or '–'} | {v.meaning} |" for v in VARIABLES]
    return "\n".join(rows) + "\n"
