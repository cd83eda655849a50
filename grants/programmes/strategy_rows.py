"""The rows of a strategy plan, the same whether read from a document or from the database."""

from dataclasses import dataclass, field
from decimal import Decimal

from grants.programmes.strategy_findings import Finding, has_errors


@dataclass(frozen=True)
class Row:
    """One goal, direction or activity. `marked_text` is the text with `<i>…</i>`, or empty where it has none.

    Only activities have `amounts` (year, euros) and `sources` (codes, in the document's order). `lines` are the lines
    it stood on; they do not count when rows are compared.
    """

    code: str
    level: str
    text: str
    marked_text: str = ""
    amounts: tuple[tuple[int, Decimal], ...] = ()
    sources: tuple[str, ...] = ()
    lines: tuple[int, ...] = field(default=(), compare=False)

    @property
    def parent_code(self) -> str:
        """The code one level up; empty for a goal."""
        return self.code.rpartition(".")[0]


@dataclass
class Reading:
    """A document as it was understood. Where `findings` hold an error, the rows are not to be used.

    `digest` is the SHA-256 of the file's bytes in hex, `text` its text without a byte order mark.
    """

    title: str = ""
    years: tuple[int, ...] = ()
    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    text: str = ""
    digest: str = ""

    @property
    def has_errors(self) -> bool:
        """Whether anything stops the import."""
        return has_errors(self.findings)
