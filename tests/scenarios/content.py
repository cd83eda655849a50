"""What people in the stories write: applications to both example calls, reviews, reports. All of it is invented."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from tests.scenarios.themes import THEMES, Theme

PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"

Answers = dict[str, Any]


def typed(**answers: Any) -> QueryDict:
    """Submitted data as a browser sends it: `period__from` becomes `q-period-from`; lists are repeated."""
    data = QueryDict(mutable=True)
    for name, value in answers.items():
        data.setlist(f"q-{name.replace('__', '-')}", value if isinstance(value, list) else [value])
    return data


def rows(key: str, *given: dict[str, str]) -> Answers:
    """Rows of a table as a browser sends them."""
    return {f"{key}__{at}__{column}": text for at, row in enumerate(given) for column, text in row.items()}


def spread(key: str, **parts: str) -> Answers:
    """The parts of one answer."""
    return {f"{key}__{part}": text for part, text in parts.items()}


def pdf(name: str, mark: bytes = b"") -> SimpleUploadedFile:
    """A small PDF; `mark` makes its content its own."""
    return SimpleUploadedFile(name, PDF.replace(b"%%EOF", b"%" + mark + b"\n%%EOF"), content_type="application/pdf")


def files(**given: SimpleUploadedFile) -> MultiValueDict:
    """Uploaded files by question."""
    return MultiValueDict({f"q-{key.replace('__', '-')}": [upload] for key, upload in given.items()})


INDICATORS = (
    ("services_new", "0", "2"), ("events", "0", "24"), ("participants", "0", "300"), ("partnerships", "0", "1"),
    ("satisfaction", "0", "80"),
)  # fmt: skip


def _indicators(scale: int) -> Answers:
    """Baselines and targets of the indicators; scale: how many times the targets."""
    answers: Answers = {}
    for key, baseline, target in INDICATORS:
        answers |= {f"indicators__{key}__baseline": baseline, f"indicators__{key}__target": str(int(target) * scale)}
        answers |= {f"indicators__{key}__no_baseline_because": ""}
    return answers


def _budget(grant: int) -> QueryDict:
    """The lines of the budget and where the money comes from; the own share is a ninth of the grant, in whole euros."""
    training, goods, own = grant * 60 // 100, grant * 25 // 100, -(-grant // 9)
    pay = grant - training - goods
    lines = rows(
        "budget",
        {"category": "2", "description": "Mokymų vedėjų paslaugos", "unit_cost": str(training + own), "quantity": "1",
         "grant": str(training), "own": str(own)},
        {"category": "3", "description": "Priemonės dirbtuvėms", "unit_cost": str(goods), "quantity": "1",
         "grant": str(goods), "own": "0"},
        {"category": "1", "description": "Projekto vadovo atlygis", "unit_cost": str(pay), "quantity": "1",
         "grant": str(pay), "own": "0"},
    )  # fmt: skip
    return typed(**lines, sources__valstybes=str(grant), sources__nuosavos=str(own))


def _plan(starts: str, ends: str, director: str, theme: Theme) -> QueryDict:
    """The goal, its one objective and the activities that reach it."""
    return typed(
        goal=theme.goal,
        innovation=theme.innovation,
        **rows("objectives", {"text": theme.objective}),
        **rows("activities",
               {"objective": "1", "activity": "Pasirengimas", "from": starts, "to": starts,
                "responsible": director, "result": "Parengta programa ir grafikas"},
               {"objective": "1", "activity": theme.objective, "from": starts, "to": ends,
                "responsible": director, "result": theme.result}),
    )  # fmt: skip


def project_application(
    *,
    title: str,
    director: str,
    municipality: str,
    starts: str,
    ends: str,
    grant: int = 16_569,
    scale: int = 1,
    theme: str = "digital",
) -> dict[str, QueryDict]:
    """A complete application to a call with money. grant: whole euros asked for; the own share is a ninth of it."""
    told = THEMES[theme]
    person = {"name": director, "email": "vardas@biblioteka.test", "phone": "+370 612 34567"}
    return {
        "applicant": typed(
            legal_code="190123456", head=f"{director}, direktorė", bank="LT71 7300 0101 2345 6789",
            **spread("manager", **person), **spread("accountant", **person),
        ),
        "partners": typed(
            **rows("partners", {"name": "Paupio kaimo bendruomenė", "kind": "ngo", "role": "vieta ir savanoriai",
                                "money": "0", "in_kind": "0"})
        ),
        "essence": typed(
            title=title,
            summary=told.summary,
            period__from=starts, period__to=ends, municipalities=[municipality], branches="7",
        ),
        "need": typed(
            need=told.need, target_groups=list(told.targets), target_count=str(300 * scale),
        ),
        "plan": _plan(starts, ends, director, told),
        "impact": typed(impact=told.impact, **_indicators(scale)),
        "publicity": typed(publicity="Vietos spauda, bibliotekos svetainė, skelbimai seniūnijose."),
        "sustainability": typed(sustainability=told.sustainability),
        "budget": _budget(grant),
    }  # fmt: skip


def project_annexes() -> MultiValueDict:
    """The annexes that the call with money asks for."""
    return files(
        partner_agreement__r1=pdf("partneryste.pdf", b"1"), owner_consent=pdf("savivaldybe.pdf", b"2"),
        price_basis=pdf("kainos.pdf", b"3"), cv=pdf("cv.pdf", b"4"),
    )  # fmt: skip


PROJECT_DECLARATIONS = typed(decl_true="on", decl_no_debt="on", decl_data="on")


def contest_application(*, nomination: str, director: str, branch: str = "") -> dict[str, QueryDict]:
    """A complete entry to a contest. nomination: category/key."""
    person = {"name": director, "email": "vardas@biblioteka.test", "phone": "+370 612 34567"}
    return {
        "entry": typed(category=nomination, branch_name=branch, **spread("contact", **person)),
        "work": typed(
            library_about="Biblioteka dirba miestelyje, kuriame gyvena du tūkstančiai žmonių.",
            work_done="Per metus kartu su gyventojais surengėme dvylika vakarų, kuriuose kaimynai mokė kaimynus.",
        ),
    }


CONTEST_DECLARATIONS = typed(decl_director="on", decl_publish="on")

REVIEW_COMMENT = (
    "Poreikis pagrįstas apklausa ir statistika, veiklos aiškiai susietos su tikslu; norėtųsi tikslesnio atsakomybių "
    "paskirstymo tarp filialų."
)
"""Long enough for the rule of a hundred characters."""

REPORT_DONE = "Surengta 12 užsiėmimų penkiuose filialuose, dalyvavo 146 žmonės."
REPORT_HARD = "Vieno filialo patalpos buvo remontuojamos, todėl užsiėmimus perkėlėme į seniūniją."
