"""What the world keeps from some of its people."""

from decimal import Decimal

SECRETS = {
    "ground": "Slaptas pagrindas Žvirblis",
    "ground_coordinator": "Slapta pusseserė Varna",
    "panel": "Slaptas žodis komisijai Gervė",
    "reason": "Slaptas pasvarstymas Apuokas",
    "declined": "Nuspręsta nefinansuoti Kėkštas",
    "report": "Slaptas ataskaitos juodraštis Kregždė",
    "measured": "Slaptas matavimo juodraštis Strazdas",
    "claim": "Slaptas prašymas priimti Volungė",
    "question": "Slaptas klausimas komandai Genys",
    "helped": "Slapta pagalbos priežastis Kielė",
    "invited": "slapta.pempe@pazanga.test",
    "amount": "876,54",
    "account": "LT71 7300 0101 2345 6789",
    "draft": "Projektas draft",
    "evaluator": "Vertina Gandraitė",
}
"""A word of its own for each thing that not everybody may read."""

AMOUNTS = {"selection": Decimal("9876.54"), "proposed": Decimal("8876.54")}
NAMES = {"evaluator_cleared": SECRETS["evaluator"]}
