"""Numbers, money, dates and sizes as a Lithuanian or an English reader writes them (CLDR data by way of Babel).

The few patterns below are formats, like Django's own formats.py; whole sentences are translated with gettext.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_name
from babel.numbers import format_decimal
from babel.units import format_unit
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from workflows import text

NBSP = "\N{NO-BREAK SPACE}"
DASH = "\N{EN DASH}"
MIDNIGHT = time(0)
SIZES = ("B", "kB", "MB", "GB")
LOCALES = {"lt": Locale("lt"), "en": Locale("en", "GB")}
PATTERNS = {
    "lt": {
        "euro": "{amount}\N{NO-BREAK SPACE}Eur",
        "percent": "{amount}\N{NO-BREAK SPACE}proc.",
        "left": "liko {time}",
        "late": "pradelsta {count}\N{NO-BREAK SPACE}d.",
        "today": "šiandien",
        "past": "jau praėjo",
        "time": "{date}, {time}",
        "here": "{moment} {zone}",
        "yours": "{moment} {zone} (pas jus {own})",
        "city": "{city} laiku",
    },
    "en": {
        "euro": "EUR\N{NO-BREAK SPACE}{amount}",
        "percent": "{amount}%",
        "left": "{time} left",
        "late": "{time} late",
        "today": "today",
        "past": "already past",
        "time": "{date}, {time}",
        "here": "{moment} {zone}",
        "yours": "{moment} {zone} ({own} your time)",
        "city": "{city} time",
    },
}
# Genitives cannot be computed: the zones that calls of this country use, by name; others by their CLDR name.
CITIES = {
    "lt": {
        "Europe/Vilnius": "Vilniaus",
        "Europe/London": "Londono",
        "Europe/Warsaw": "Varšuvos",
        "Europe/Riga": "Rygos",
    },
    "en": {"Europe/Vilnius": "Vilnius", "Europe/London": "London", "Europe/Warsaw": "Warsaw", "Europe/Riga": "Riga"},
}


def locale() -> Locale:
    """Return the CLDR locale of this page's language; dates in English are British."""
    return LOCALES.get(text.current_language(), LOCALES["en"])


def pattern(name: str) -> str:
    """Return one format of this page's language."""
    return PATTERNS.get(text.current_language(), PATTERNS["en"])[name]


def number(value: object, places: int | None = None) -> str:
    """Return a number with grouped thousands; `places` fixes the decimals, else up to two are shown where present.

    A value that is no number comes back as a dash: an empty cell must not look like zero.
    """
    exact = as_decimal(value)
    if exact is None:
        return DASH
    shape = "#,##0.##" if places is None else "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(exact, format=shape, locale=locale()).replace("-", "\N{MINUS SIGN}")


def as_decimal(value: object) -> Decimal | None:
    """Return the value as an exact decimal, or None where there is none."""
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return None
    return exact if exact.is_finite() else None


def euro(value: object, cents: bool = False) -> str:
    """Return `23 650 Eur` or `EUR 23,650`; cents only where there are some, or always with `cents`."""
    if as_decimal(value) is None:
        return DASH
    return pattern("euro").format(amount=number(value, 2) if cents else amount(value))


def amount(value: object) -> str:
    """Return a sum without its currency, for a column that names it: cents only where there are some."""
    exact = as_decimal(value)
    if exact is None:
        return DASH
    return number(exact, 0 if exact == exact.to_integral_value() else 2)


def percent(value: object, places: int | None = None) -> str:
    """Return `10 proc.` or `10%` of a number that already is in per cent."""
    return DASH if as_decimal(value) is None else pattern("percent").format(amount=number(value, places))


def date_long(value: date | None, weekday: bool = False) -> str:
    """Return `2027 m. kovo 5 d.` or `5 March 2027`; with `weekday` the day's name too."""
    if not value:
        return DASH
    day = timezone.localtime(value).date() if isinstance(value, datetime) and timezone.is_aware(value) else value
    lithuanian = locale().language == "lt"
    words = format_date(day, "long", locale=locale())
    # Lines break only after the year; "kovo 5 d." and "5 March" stay together.
    words = words.replace(" ", NBSP).replace("m." + NBSP, "m. ") if lithuanian else words.replace(" ", NBSP, 1)
    if not weekday:
        return words
    name = format_date(day, "EEEE", locale=locale())
    return f"{words}, {name}" if lithuanian else f"{name} {words}"


def date_short(value: date | None) -> str:
    """Return a date for tables: `2027-03-05` or `5 Mar 2027`. Moments: in the reader's zone."""
    if not value:
        return DASH
    day = timezone.localtime(value).date() if isinstance(value, datetime) and timezone.is_aware(value) else value
    return format_date(day, "short" if locale().language == "lt" else "medium", locale=locale()).replace(" ", NBSP)


def zone_phrase(value: datetime, zone: ZoneInfo) -> str:
    """Return in whose time a moment is told: `Vilniaus laiku`, `Vilnius time`, else the zone's CLDR name."""
    city = CITIES.get(locale().language, {}).get(zone.key)
    return pattern("city").format(city=city) if city else get_timezone_name(value, width="long", locale=locale())


def clock_time(value: datetime) -> str:
    """Return hours and minutes, 17:00, in both languages on the 24-hour clock."""
    return format_time(value, "HH:mm", locale=locale())


def day_and_clock(told: datetime) -> tuple[date, str]:
    """Return the day and the hour of a moment; a day ends at 24:00, so that nobody takes it for one day more."""
    if told.time() == MIDNIGHT:
        return told.date() - timedelta(days=1), "24:00"
    return told.date(), clock_time(told)


def moment_text(value: datetime | None, zone: str | ZoneInfo | None = None) -> str:
    """Return date, time and zone in words; where the reader's own clock shows another hour, that too.

    `zone` is the zone that decides (a call's); without it the reader's own.
    """
    if not value:
        return DASH
    own_zone = ZoneInfo(timezone.get_current_timezone_name())
    here = ZoneInfo(str(zone)) if zone else own_zone
    told, own = value.astimezone(here), value.astimezone(own_zone)
    day, hour = day_and_clock(told)
    words = pattern("time").format(date=date_long(day), time=hour)
    if told.utcoffset() == own.utcoffset():
        return pattern("here").format(moment=words, zone=zone_phrase(told, here))
    own_day, own_hour = day_and_clock(own)
    mine = own_hour if own_day == day else pattern("time").format(date=date_long(own_day), time=own_hour)
    return pattern("yours").format(moment=words, zone=zone_phrase(told, here), own=mine)


def moment(value: datetime | None, zone: str | ZoneInfo | None = None) -> SafeString | str:
    """Return `moment_text` inside a <time> element, for people and programs alike."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), moment_text(value, zone)) if value else DASH


def moment_short(value: datetime | None, zone: str | ZoneInfo | None = None) -> SafeString | str:
    """Return `2027-03-05 17:00` for histories, in the case's zone or else the reader's; its title tells all."""
    if not value:
        return DASH
    told = value.astimezone(ZoneInfo(str(zone))) if zone else timezone.localtime(value)
    day, hour = day_and_clock(told)
    words = f"{date_short(day)} {hour}"
    return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), moment_text(value, zone), words)


def time_left(value: date | None, now: datetime, zone: str | None = None) -> str:
    """Return what is left until a date or moment: hours under two days, else calendar days; past ones say so."""
    if not value:
        return DASH
    here = ZoneInfo(zone) if zone else timezone.get_current_timezone()
    today = now.astimezone(here).date()
    if isinstance(value, datetime):
        rest, (day, _hour) = value - now, day_and_clock(value.astimezone(here))
        if timedelta(0) <= rest < timedelta(hours=48):
            return pattern("left").format(time=duration(rest))
    else:
        rest, day = value - today, value
    days = (day - today).days
    if rest < timedelta(0):
        return pattern("late").format(time=unit(-days, "day"), count=-days) if days else pattern("past")
    return pattern("left").format(time=unit(days, "day")) if days else pattern("today")


def duration(rest: timedelta) -> str:
    """Return whole hours, or minutes in the last hour."""
    hours, minutes = int(rest.total_seconds() // 3600), int(rest.total_seconds() // 60)
    return unit(hours, "hour") if hours else unit(minutes, "minute")


def unit(count: int, name: str) -> str:
    """Return a count with its noun in the right plural: `9 dienos`, `21 diena`, `10 dienų`; `9 days`."""
    return format_unit(count, f"duration-{name}", length="long", locale=locale()).replace(" ", NBSP, 1)


def filesize(size: object) -> str:
    """Return bytes as `850 B`, `12 kB`, `1,5 MB`, steps of 1024, one decimal at most."""
    rest, step = as_decimal(size), 0
    if rest is None:
        return DASH
    while rest >= 1024 and step < len(SIZES) - 1:
        rest, step = rest / 1024, step + 1
    return f"{number(rest.quantize(Decimal(1) if step < 2 else Decimal('0.1')))}{NBSP}{SIZES[step]}"


def plural_category(count: object) -> str:
    """Return the CLDR plural category of a count in this page's language: one, few, many (fractions), other."""
    return locale().plural_form(as_decimal(count) or 0)


def plural(count: object, forms: str) -> str:
    """Choose among "one,few,many,other" (or "one,other") forms of a noun."""
    words = [form.strip() for form in forms.split(",")]
    names = ("one", "few", "many", "other") if len(words) == 4 else ("one", "other")
    return dict(zip(names, words, strict=False)).get(plural_category(count), words[-1])
