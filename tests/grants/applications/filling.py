"""What an applicant types, for both example calls: complete, valid, and in the shape in which a browser sends it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"


def typed(**answers):
    """Submitted data: `title="A"` becomes `q-title`, `period__from=…` becomes `q-period-from`; lists are repeated."""
    data = QueryDict(mutable=True)
    for name, value in answers.items():
        data.setlist(f"q-{name.replace('__', '-')}", value if isinstance(value, list) else [value])
    return data


def rows(key, *given):
    """Rows of a table as a browser sends them."""
    return {f"{key}__{at}__{column}": text for at, row in enumerate(given) for column, text in row.items()}


def pdf(name="sutartis.pdf", mark=b""):
    return SimpleUploadedFile(name, PDF.replace(b"%%EOF", mark + b"\n%%EOF"), content_type="application/pdf")


def files(**given):
    """Uploaded files by question: `cv=pdf()` becomes `q-cv`."""
    return MultiValueDict({f"q-{key.replace('__', '-')}": [upload] for key, upload in given.items()})


def person(name):
    return {"name": name, "email": "vardas@biblioteka.test", "phone": "+370 612 34567"}


def spread(key, parts):
    return {f"{key}__{part}": text for part, text in parts.items()}


def indicators(*keys):
    return {
        f"indicators__{key}__{cell}": text
        for key in keys
        for cell, text in (("baseline", "0"), ("target", "12"), ("no_baseline_because", ""))
    }


BUDGET = (
    {"category": "2", "description": "Mokymai", "unit_cost": "400", "quantity": "30", "grant": "11 000", "own": "1000"},
    {"category": "3", "description": "Priemonės", "unit_cost": "1234,50", "quantity": "2", "grant": "2069",
     "own": "400"},
    {"category": "1", "description": "Vadovo atlygis", "unit_cost": "500", "quantity": "8", "grant": "3500",
     "own": "100", "in_kind": "400"},
)  # fmt: skip

PROJECT_CALL = {
    "applicant": typed(
        legal_code="190123456", head="Vardenė Pavardenė, direktorė", bank="LT12 1000 0111 0100 1000",
        **spread("manager", person("Vardenė Pavardenė")), **spread("accountant", person("Jonas Jonaitis")),
    ),
    "partners": typed(
        **rows("partners", {"name": "Kaimo bendruomenė", "kind": "ngo", "role": "vieta ir savanoriai", "money": "0",
                            "in_kind": "400"})
    ),
    "essence": typed(
        title="Skaitmeninės dirbtuvės atokiuose filialuose", summary="Dirbtuvės septyniuose filialuose.",
        period__from="2027-06-01", period__to="2028-01-31", municipalities=["LT-01"], branches="7",
    ),
    "need": typed(need="Apklausta 214 gyventojų.", target_groups=["seniors", "youth"], target_count="300"),
    "plan": typed(
        goal="Žmonės moka naudotis e. paslaugomis.", innovation="Kilnojamosios dirbtuvės.",
        **rows("objectives", {"text": "Surengti dirbtuves"}),
        **rows("activities", {"objective": "1", "activity": "Dirbtuvės", "from": "2027-06-01", "to": "2027-12-01",
                              "responsible": "Vadovė", "result": "24 užsiėmimai"}),
    ),
    "impact": typed(impact="Apklausa prieš ir po.",
                    **indicators("services_new", "events", "participants", "partnerships", "satisfaction")),
    "publicity": typed(publicity="Vietos spauda."),
    "sustainability": typed(sustainability="Savivaldybės lėšomis."),
    "budget": typed(**rows("budget", *BUDGET), sources__valstybes="16569", sources__nuosavos="1900"),
}  # fmt: skip

DECLARATIONS = typed(decl_true="on", decl_no_debt="on", decl_data="on")

CONTEST = {
    "entry": typed(
        category="branch/creative", branch_name="Paupio filialas", **spread("contact", person("Vardenė Pavardenė"))
    ),
    "work": typed(library_about="Trumpai.", work_done="Ką padarėme."),
}
CONTEST_DECLARATIONS = typed(decl_director="on", decl_publish="on")
