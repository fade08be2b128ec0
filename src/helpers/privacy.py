"""Personal identifiers in any text: found however they are written, and masked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

#: Codes of findings, by what was found.
NIK, PHONE, OTHER = "personal_nik", "personal_phone", "personal_data"
#: Stands for what is not shown.
MASK = "•••"
#: A text that this expression does not find holds no identifier (of Arrow's kind: no look-around).
HINT = (
    r"[^ -~]|@|(?:[0-9][ ().+/-]{0,3}){8}[0-9]|(?i:\b(?:jln?|jalan|gg|gang|rt|pas[sp]\w+|plat|pelat|nopol|"
    r"polisi|kendaraan|mobil|motor|lahir|ttl|sdri?|bin(?:ti)?|rek\w*|telp\w*|telepon|tlp|hp|wa)\b)"
)
#: A longer text is no heading.
_LONGEST_HEADING = 60
#: Shorter texts are not looked at.
SHORTEST = 8
#: From here on a number may be a telephone number or an identity number typed as a number.
SMALLEST_NUMBER = 1e11

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]"
)
_DASHES = re.compile("[\u2010-\u2015\u2212]")
#: Dates are not parts of longer numbers: "08-12-2021 10.00" is no telephone number.
_DATE = re.compile(
    r"(?<!\d)(?<!\d[-./])(?:\d{1,2}([-./])\d{1,2}\1(?:19|20)\d\d|(?:19|20)\d\d([-./])\d{1,2}\2\d{1,2})(?![-./]?\d)"
    r"|(?<!\d)(?<!\d )\d{1,2} \d{1,2} (?:19|20)\d\d(?! ?\d)"
)
_RUN = re.compile(r"(?<![0-9a-f])[0-9](?:[\s().+/-]{0,3}[0-9])*")
#: Dots hold a number together: they part the levels of a code and the thousands of an amount.
_WORD = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_LONGEST = 16
#: Codes of provinces.
_PROVINCE = re.compile(r"1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7]")
_OPERATOR = r"8(?:1[1-9]|2[1-38]|3[1-38]|5[1-9]|7[7-9]|8[1-9]|9[5-9])"
_MOBILE = re.compile(rf"0{_OPERATOR}\d{{6,9}}")
_MOBILE_62 = re.compile(rf"62{_OPERATOR}\d{{7,9}}")
_ABROAD = re.compile(r"62[2-9]\d{7,11}")
_CODE = re.compile(r"(?:^|\.)\d\.")
_IDENTITY_WORD = re.compile(r"\b(?:nik|ktp|kk|kartu keluarga|npwp|identitas)\b", re.IGNORECASE)
_BPJS_WORD = re.compile(r"\b(?:bpjs|jkn|kis)\b", re.IGNORECASE)
_BPJS_DIGITS, _TAX_DIGITS, _PERSONAL_DIGITS = 13, 15, 9
_PATTERNS = tuple(
    (code, re.compile(pattern, re.IGNORECASE)) for code, pattern in (
        (PHONE, r"(?<![\d.])\(0[2-9]\d{1,2}\) ?\d{3,4}[ -]?\d{2,4}(?!\d)|"
                r"(?<![\d./-])0(?:21|22|24|31|61|[2-9]\d\d)-\d{3,4}[ -]?\d{2,4}(?![\d./-])"),
        (PHONE, r"\b(?:telp|telepon|tlp|hp|wa|whatsapp|kontak|hubungi)\W{0,4}(?:\+|\(?0|62|8)"
                r"\d[\d ().-]{5,}\d"),
        (OTHER, r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
        (OTHER, r"(?<![\d.])\d\d[. ]\d{3}[. ]\d{3}[. ]\d[-. ]\d{3}[. ]\d{3}(?![\d.])"),
        (OTHER, r"\bpas(?:por|sport)\b\D{0,15}?\b[a-z]{1,2} ?\d{6,7}\b"),
        (OTHER, r"\b(?:plat|pelat|nopol|polisi|kendaraan|mobil|motor)\b[^\d]{0,20}?"
                r"\b[a-z]{1,2}[ -]?\d{1,4}[ -]?[a-z]{1,3}\b"),
        (OTHER, r"\b(?:no(?:mor)?\.? ?rek(?:ening)?|rek(?:ening)?\.? (?:bank|bri|bni|bca|bsi|btn|mandiri)|"
                r"(?:bank )?(?:bri|bni|bca|bsi|btn|mandiri|kalsel))\b[^\d]{0,15}\d[\d -]{8,18}\d(?![\d.,])"),
        (OTHER, r"\b(?:jln?|gg)\b\.? ?(?!km\b)[a-z][a-z. ']{1,40}?(?<!km)(?<!km\.) (?:no(?:mor)?\.? ?)?"
                r"\d{1,3}\b(?! ?(?:km|meter|m|orang|peserta|titik)\b)"),
        (OTHER, r"\b(?:jalan|gang|gg|jln?)\b\.? (?-i:[A-Z])[a-z.]*(?: [a-z.]+){0,2}?,? "
                r"(?:no(?:mor)?\.? ?\d{1,3}\b(?! ?(?:/|tahun))|rt\.? ?\d)"),
        (OTHER, r"\brt\.? ?\d{1,3}\W{1,3}rw\.? ?\d{1,3}\b|\brt ?/ ?rw\W{0,3}\d{1,3} ?/ ?\d{1,3}\b"),
        (OTHER, r"\b(?:(?<!hari )lahir|ttl)\b[^\d]{0,30}\d{1,2}[-./ ](?:[a-z]{3,9}|\d{1,2})[-./ ]\d{2,4}\b"),
        (OTHER, r"\b(?:sdri?)\b\.? ?(?-i:[A-Z])[a-z]+|\b(?-i:[A-Z])[a-z]+ bin(?:ti)? (?-i:[A-Z])[a-z]+"),
    )
)  # fmt: skip
#: What is a person's only in a column of persons.
_PERSONAL = tuple(
    (OTHER, re.compile(pattern)) for pattern in (
        r"\b(?:Sdri?|Bpk|Bapak|Ibu|Ny|Tn|H|Hj|KH|[dD]rs?|Dra|Ir|Ust)\b\.? ?[A-Z][A-Za-z']+",
        r"\b[A-Z][A-Za-z' .]+, ?(?:S\.? ?(?:H|E|Pd|Sos|Kom|IP|KM|Ag|T|P|Psi)|M\.? ?(?:Si|M|H|Pd|AP|Kes)|"
        r"A\.? ?Md)\b",
        r"\b[A-Z]{1,2}[ -]\d{1,4}[ -][A-Z]{1,3}\b|\b[A-Z] ?\d{7}\b",
    )
)  # fmt: skip

_NOT_WORD = re.compile(r"[^0-9a-z]+")
_COUNTED = re.compile(r"^(?:jumlah|jml|total|banyak\w*|persen\w*|rata|kode|tanggal (?!lahir)|status|ada)\b")
_OFFICIAL = re.compile(r"\b(?:kantor|instansi|opd|dinas|situs|website|web|lembaga)\b")
_PEOPLE = (
    r"responden|orang tua|anak|ayah|ibu|bapak|keluarga|kepala|klien|pasien|tersangka|terdakwa|terpidana|"
    r"peserta|petugas|siswa|siswi|pelajar|mahasiswa|wali|korban|pelaku|suami|istri|pelapor|saksi|ketua|pegawai|"
    r"pejabat|guru|kader|relawan|konselor|pecandu|pengguna|penyalahguna|warga|penduduk|individu|penghuni|narasumber"
)
_PERSONAL_HEADING = re.compile(
    r"\b(?:nik|ktp|npwp|bpjs|paspor|passport|e ?mail|surel|telepon|telpon|telp|tlp|hp|handphone|ponsel|"
    r"whatsapp|wa|ttl|kontak|alamat|phone|address|nopol|sim)\b|\blahir\b(?<!hari lahir)|"
    r"\bno(?:mor)? (?:kk|identitas|induk kependudukan|polisi|kendaraan|kartu|rekening bank)\b|kartu keluarga|"
    r"^(?:nama|nama lengkap|nama panggilan|full name|date of birth|identitas|kk nik|plat nomor|pelat nomor|"
    rf"rekening bank)$|^nama (?:lengkap )?(?:{_PEOPLE})\b|"
    r"^(?:tersangka|terdakwa|korban|klien|pasien|pelapor|saksi|wali|nama orang)$"
)
_ROLE_HEADING = re.compile(
    r"^(?:penanggung jawab|pic|narasumber|petugas|pelaksana|ketua|koordinator|fasilitator|pembina|konselor|"
    r"pendamping|pemateri|moderator|penyuluh)(?: (?:kegiatan|program|lapangan|desa))?$"
)


class Found(NamedTuple):
    """An identifier in a normalised text: code of its finding, first character, the one after the last."""

    code: str
    start: int
    end: int


class Masked(str):
    """A masked value: printed as it is, whatever form a text wants it in."""

    __slots__ = ()

    def printed(self, spec: str, locale: str) -> str:
        """Return the masked text."""
        return str(self)


def normalise(text: str) -> str:
    r"""Return a text as the eye reads it: no invisible marks, plain spaces, dashes and digits.

    >>> normalise("6306\u200b0517\u00a00199\u20110042")
    '63060517 0199-0042'
    """
    if text.isascii() and text.isprintable():
        return text
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    plain = re.sub(r"\s", " ", _DASHES.sub("-", plain))
    return plain if plain.isascii() else re.sub(r"\d", lambda digit: str(int(digit[0])), plain)


@lru_cache(maxsize=10_000)
def is_personal_heading(text: str) -> bool:
    """Return whether a column heading asks for personal data.

    >>> is_personal_heading("NIK/KTP"), is_personal_heading("Nama Wali"), is_personal_heading("Nama OPD")
    (True, True, False)
    """
    key = _NOT_WORD.sub(" ", normalise(text).casefold()).strip()
    if len(key) > _LONGEST_HEADING or _COUNTED.match(key) or _OFFICIAL.search(key):
        return False
    return bool(_PERSONAL_HEADING.search(key))


@lru_cache(maxsize=10_000)
def may_hold_people(text: str) -> bool:
    """Return whether people are expected below a heading: named ones count as personal there."""
    key = _NOT_WORD.sub(" ", normalise(text).casefold()).strip()
    return is_personal_heading(text) or bool(_ROLE_HEADING.match(key))


def find_identifiers(text: str, *, personal: bool = False, allowed: Iterable[str] = ()) -> list[Found]:
    """Return the identifiers in a text, as places in its normalised form, none within another.

    Parameters
    ----------
    text : str
    personal : bool
        Whether it stands where people are expected: long numbers, plates and titles count there.
    allowed : iterable of str
        The office's own contacts.

    Examples
    --------
    >>> [found.code for found in find_identifiers("NIK 6306 0517 0199 0042, hub. (0812) 3456-7890")]
    ['personal_nik', 'personal_phone']
    >>> find_identifiers("63.06.05.2017 sebesar 6.306.051.701.990.042")
    []
    """
    plain = normalise(text)
    for own in allowed:
        plain = plain.replace(normalise(own), "#" * len(normalise(own)))
    found = list(_find_numbers(plain, personal))
    for code, pattern in (*_PATTERNS, *(_PERSONAL if personal else ())):
        found += [Found(code, *match.span()) for match in pattern.finditer(plain)]
    kept: list[Found] = []
    for one in sorted(found, key=lambda item: (item.start, -item.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif one.end > kept[-1].end:
            kept[-1] = kept[-1]._replace(end=one.end)
    return kept


def _find_numbers(text: str, personal: bool) -> Iterator[Found]:
    """Yield identity, telephone, insurance and tax numbers, in any grouping."""
    undated = _DATE.sub(lambda date: "#" * len(date[0]), text)
    for run in _RUN.finditer(undated):
        words = [(run.start() + word.start(), run.start() + word.end()) for word in _WORD.finditer(run[0])]
        taken = 0
        for first, (start, _) in enumerate(words):
            if start < taken:
                continue
            digits = ""
            longest = None
            for _, end in words[first:]:
                digits = re.sub(r"\D", "", undated[start:end])
                if len(digits) > _LONGEST:
                    break
                code = _kind(digits, undated, start, end, personal)
                longest = Found(code, start, end) if code else longest
            if longest:
                taken = longest.end
                yield longest


def _kind(digits: str, text: str, start: int, end: int, personal: bool) -> str:
    """Return the code of a number's finding; empty for one that identifies nobody."""
    written = text[start:end]
    has_plus = text[max(0, start - 2) : start].strip("(").endswith("+") or text[:start].endswith("wa.me/")
    named = personal or bool(_IDENTITY_WORD.search(text))
    if len(digits) == _LONGEST:
        groups = written.split(".")
        is_code = len(groups) < _LONGEST and bool(_CODE.search(written))
        return NIK if named or (not is_code and _is_identity(digits)) else ""
    if "/" not in written and _is_phone(digits, written, has_plus):
        return PHONE
    if len(digits) == _TAX_DIGITS and named:
        return OTHER
    if len(digits) == _BPJS_DIGITS and "." not in written and (personal or _BPJS_WORD.search(text)):
        return OTHER
    return OTHER if personal and len(digits) >= _PERSONAL_DIGITS and "." not in written else ""


def _is_identity(digits: str) -> bool:
    """Return whether 16 digits begin with a region and a date, as those of a person or a family do."""
    day, month = int(digits[6:8]) % 40, int(digits[8:10])
    return (
        bool(_PROVINCE.match(digits)) and 1 <= int(digits[2:4]) <= 79 and digits[4:6] != "00"
        and int(digits[6:8]) <= 71 and 1 <= day <= 31 and 1 <= month <= 12 and digits[12:] != "0000"
    )  # fmt: skip


def _is_phone(digits: str, written: str, has_plus: bool) -> bool:
    """Return whether digits are a telephone number; 62.812.345.678 is an amount."""
    digits = re.sub(r"^(?:0062|620)", "62", digits)
    if digits.startswith("0"):
        return bool(_MOBILE.fullmatch(digits)) and not re.match(r"\d{1,2}\.", written)
    if has_plus and _ABROAD.fullmatch(digits):
        return True
    return "." not in written and bool(_MOBILE_62.fullmatch(digits))


@lru_cache(maxsize=10_000)
def mask(text: str, *, personal: bool = False) -> str:
    """Return a text with its identifiers hidden; itself, if it has none.

    >>> mask("Dinkes 6306 0517 0199 0042"), mask("desa 63.06.05.2017")
    ('Dinkes 6306••••••••0042', 'desa 63.06.05.2017')
    """
    found = find_identifiers(text, personal=personal)
    if not found:
        return text
    plain = normalise(text)
    for one in reversed(found):
        plain = plain[: one.start] + _hide(plain[one.start : one.end]) + plain[one.end :]
    return plain


def _hide(written: str) -> str:
    digits = re.sub(r"\D", "", written)
    if len(digits) == _LONGEST:
        return f"{digits[:4]}••••••••{digits[-4:]}"
    return written[:2] + MASK


def mask_value(value: Any, *, personal: bool = False) -> Any:
    """Return evidence of a finding with its identifiers hidden: a text, a number or a list of them."""
    if isinstance(value, str):
        masked = mask(value, personal=personal)
        return value if masked == value else Masked(masked)
    if isinstance(value, list | tuple):
        return type(value)([mask_value(one, personal=personal) for one in value])
    if isinstance(value, int | float) and SMALLEST_NUMBER <= abs(value) < 10**_LONGEST:
        masked = mask(f"{value:.0f}", personal=personal)
        return Masked(masked) if MASK in masked else value
    return value


def find_in(
    parts: Any, allowed: Iterable[str] = (), skipped: Iterable[str] = ()
) -> Iterator[tuple[str, str]]:
    """Yield the field and the masked text of every identifier in a declaration or a record.

    Parameters
    ----------
    parts : Any
        Tables and lists of values, as read from TOML or YAML.
    allowed : iterable of str
        The office's own contacts.
    skipped : iterable of str
        Fields that hold them (``office.contact``).
    """
    for field, text in _flatten(parts, ""):
        skip = any(field == name or field.startswith(f"{name}.") for name in skipped)
        if not skip and find_identifiers(text, allowed=allowed):
            yield field, mask(text)


def _flatten(parts: Any, field: str) -> Iterator[tuple[str, str]]:
    if isinstance(parts, Mapping):
        for name, part in parts.items():
            yield from _flatten(part, f"{field}.{name}".strip("."))
    elif isinstance(parts, list | tuple):
        for part in parts:
            yield from _flatten(part, field)
    elif isinstance(parts, str) or (isinstance(parts, int) and not isinstance(parts, bool)):
        yield field, str(parts)
