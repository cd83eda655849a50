"""The facts of the strategy document 2025–2027, written down by hand from the document."""

YEARS = (2025, 2026, 2027)
TITLE = "Savivaldybių viešųjų bibliotekų asociacijos veiklos strategijos 2025–2027 metams priedas"

# code: (sums of the three years, sources, lines)
ALL = "es+valstybes+savivaldybiu+asociacijos+remeju"
NO_MUNICIPAL = "es+valstybes+asociacijos+remeju"
NO_EU = "valstybes+savivaldybiu+asociacijos+remeju"
ACTIVITIES = {
    "1.1.1": ((2000, 2000, 2000), "valstybes+asociacijos", (10,)),
    "1.1.2": ((5000, 5000, 5000), NO_MUNICIPAL, (11,)),
    "1.1.3": ((1000, 1000, 1000), "savivaldybiu", (12,)),
    "1.1.4": ((6000, 6000, 6000), "es+valstybes+asociacijos", (13, 15)),
    "1.2.1": ((1000, 1000, 1000), "valstybes+asociacijos", (17,)),
    "1.3.1": ((500, 500, 500), "asociacijos", (19,)),
    "2.1.1": ((3000, 0, 0), "valstybes+asociacijos", (22,)),
    "2.1.2": ((1000, 1000, 1000), "asociacijos", (23, 25)),
    "2.1.3": ((1000, 1000, 1000), "savivaldybiu+asociacijos+remeju", (26,)),
    "2.1.4": ((1500, 1500, 1500), "asociacijos+remeju", (27,)),
    "2.2.1": ((5000, 5000, 5000), "asociacijos+remeju", (29,)),
    "2.2.2": ((7000, 2000, 2000), "valstybes+asociacijos+remeju", (30,)),
    "3.1.1": ((24000, 0, 0), NO_MUNICIPAL, (34,)),
    "3.1.2": ((0, 15000, 0), NO_MUNICIPAL, (35,)),
    "3.1.3": ((0, 0, 20000), NO_MUNICIPAL, (36,)),
    "3.1.4": ((30000, 30000, 30000), ALL, (37,)),
    "3.1.5": ((5000, 5000, 5000), NO_EU, (38,)),
    "3.2.1": ((2000, 2000, 2000), NO_EU, (40,)),
    "3.2.2": ((3000, 3000, 3000), "savivaldybiu+asociacijos+remeju", (41, 43)),
    "3.2.3": ((5000, 5000, 5000), "valstybes", (44,)),
    "3.2.4": ((5000, 5000, 5000), "valstybes+asociacijos+remeju", (45,)),
    "3.3.1": ((5000, 5000, 5000), NO_EU, (47,)),
    "3.3.2": ((1000, 1000, 1000), "asociacijos+remeju", (48,)),
}
HEADINGS = {
    "1": (8,),
    "1.1": (9,),
    "1.2": (16,),
    "1.3": (18,),
    "2": (20,),
    "2.1": (21,),
    "2.2": (28,),
    "3": (31,),
    "3.1": (32,),
    "3.2": (39,),
    "3.3": (46,),
}
# code: the three years
SUMS = {
    "1": (15500, 15500, 15500),
    "2": (18500, 10500, 10500),
    "3": (80000, 71000, 76000),
    "1.1": (14000, 14000, 14000),
    "1.2": (1000, 1000, 1000),
    "1.3": (500, 500, 500),
    "2.1": (6500, 3500, 3500),
    "2.2": (12000, 7000, 7000),
    "3.1": (59000, 50000, 55000),
    "3.2": (15000, 15000, 15000),
    "3.3": (6000, 6000, 6000),
}
GOAL_TOTALS = {"1": 46500, "2": 39500, "3": 227000}
PLAN_TOTALS = (114000, 97000, 102000)
GRAND_TOTAL = 313000
# source set: (activities, all years)
SOURCE_SETS = {
    ALL: (1, 90000),
    NO_MUNICIPAL: (4, 74000),
    NO_EU: (3, 36000),
    "valstybes+asociacijos+remeju": (2, 26000),
    "asociacijos+remeju": (3, 22500),
    "es+valstybes+asociacijos": (1, 18000),
    "valstybes": (1, 15000),
    "valstybes+asociacijos": (3, 12000),
    "savivaldybiu+asociacijos+remeju": (2, 12000),
    "asociacijos": (2, 4500),
    "savivaldybiu": (1, 3000),
}
UPPER_BOUNDS = {
    "es": (6, 182000),
    "valstybes": (15, 271000),
    "savivaldybiu": (7, 141000),
    "asociacijos": (21, 295000),
    "remeju": (15, 260500),
}
NOTES = [
    (10, "code_without_dot"),
    (10, "emphasis"),
    (12, "emphasis"),
    (15, "continued"),
    (25, "continued"),
    (35, "quotes"),
    (43, "continued"),
]
