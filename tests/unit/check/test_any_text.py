"""Whatever the text: no crash, every claim stands where it says, the same verdicts twice."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.check.bind import bind_claims
from helpers.check.extract import extract_claims
from helpers.check.facts_file import make_facts

PIECES = (
    "Rp",
    "rupiah",
    "persen",
    "%",
    "OPD",
    "keluarga",
    "desa",
    "kecamatan",
    "responden",
    "indeks ketahanan keluarga",
    "pagu",
    "realisasi",
    "penyerapan anggaran",
    "sekitar",
    "lebih dari",
    "hampir",
    "antara",
    "dari",
    "dan",
    "hingga",
    "belum",
    "aktif",
    "melaksanakan Inpres",
    "yaitu",
    "Sekretariat DPRD",
    "BPBD",
    "kategori",
    "sangat tinggi",
    "sejak",
    "tahun",
    "Rabu",
    "Desember",
    "29/12",
    "31 Februari",
    "miliar",
    "juta",
    "koma",
    "dua",
    "puluh",
    "belas",
    "ratus",
    "0",
    "1",
    "25",
    "98,30",
    "84.821",
    "1.710.000.000",
    "9" * 45,
    "1" + ".000" * 15,
    "0,000",
    "-",
    "(",
    ")",
    ",",
    ".",
    ":",
    "\n",
    "sehingga total",
    "selisih",
    "naik",
    "menjadi",
    "2020",
    "2022",
)
FACTS = make_facts(
    {
        "office": "x",
        "year": 2021,
        "facts": [
            {"key": "budget.absorption_rate", "value": 0.983, "unit": "share"},
            {"key": "budget.ceiling_idr", "value": 1_710_000_000, "unit": "idr"},
            {"key": "budget.expenditure_idr", "value": 0, "unit": "idr"},
            {"key": "opd.active_count", "value": 25, "unit": "count"},
            {"key": "opd.total_count", "value": 0, "unit": "count"},
            {"key": "opd.inactive_names", "value": ["BPBD"], "unit": "list"},
            {"key": "resilience.index", "value": 84.821, "unit": "index"},
            {"key": "villages.total_count", "value": 0, "unit": "count"},
            {"key": "release.date", "value": "2021-12-29", "unit": "date"},
        ],
    }
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=25),
    st.sampled_from(["id", "en"]),
)
def test_any_text_is_checked(pieces: list[str], lang: str):
    claims = extract_claims(" ".join(pieces), lang)
    for claim in claims:
        assert claim.sentence[claim.start : claim.end] == claim.text
    assert bind_claims(claims, FACTS) == bind_claims(claims, FACTS)
