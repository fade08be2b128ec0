"""Cleaning at national size, against reading the same rows with pandas alone.

``python benchmarks/cleaning.py [--size small|full] [--only survey,budget,villages]
[--format both] [--repeat 3] [--json]``

Full: 1,000,000 survey respondents × 14 items, 500,000 budget lines and 84,000 villages, as
XLSX (what offices export) and as CSV; small: an eighth of that. Each is also measured at an
eighth of its size, to see how the time grows; ``national`` is the three together. Each measure runs
in a process of its own, so that peak memory is its own. Reading and cleaning take turns on the same
file in the same run; the ratio is the median of the turns' ratios. Time of the processor (of all
threads) is given beside the time on the clock, which on a shared machine is also everyone else's.
All processes have the environment in which notebooks run.

A CSV is read as text, as cleaning has to: where pandas guesses types, ``051`` is 51 and ``1.234``
is 1.234 before anybody can judge them. The guess is measured too (``guess s``), in place of an answer
to the question what it would have cost.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from queue import Empty
from typing import Any

import numpy as np
import pandas as pd

from helpers.run.pool import SERVER_ENVIRONMENT

ROOT = Path(__file__).resolve().parents[1]
SCALES = {"full": 1.0, "small": 1 / 8}
GROWTH = 8
SIZES = {"survey": 1_000_000, "budget": 500_000, "villages": 84_000}
SOURCES = {"survey": "family_survey", "budget": "budget", "villages": "villages"}
FILES = {"survey": "survei.csv", "budget": "anggaran.csv", "villages": "desa.csv"}
SYLLABLES = ("ban", "jar", "kud", "lim", "mes", "nop", "rut", "sil", "tev", "wog")
SEED = 20211229


def write_survey(path: Path, rows: int) -> None:
    """Write respondents in families of two, all in one village of the programme."""
    rng = np.random.default_rng(SEED)
    number = np.arange(rows)
    frame = pd.DataFrame({
        "No": number + 1,
        "Kode Keluarga": pd.Series(number // 2).astype("str").radd("K"),
        "Kode Responden": pd.Series(number).astype("str").radd("R"),
        "Peran": np.where(number % 2 == 0, "Orang Tua", "Anak"),
        "Kode Desa": "63.06.05.2017",
        "Desa": "Tibung Raya",
        **{f"P{item}": rng.integers(1, 5, rows) for item in range(1, 15)},
    })  # fmt: skip
    frame.to_csv(path, sep=";", index=False)


def write_budget(path: Path, rows: int) -> None:
    """Write one month of account lines below their parents, half of the amounts as text."""
    rng = np.random.default_rng(SEED)
    ceilings = rng.integers(1_000, 900_000, rows) * 1_000
    spent = (ceilings * rng.uniform(0.5, 1, rows)).astype(int)

    def spell(amount: int, position: int) -> str:
        return f"{amount:,}".replace(",", ".") if position % 2 else str(amount)

    def line(code: str, name: str, ceiling: int, current: int, position: int) -> str:
        amounts = [spell(value, position) for value in (ceiling, 0, current, current)]
        return ";".join([code, name, amounts[0], "0", *amounts[1:], spell(ceiling - current, position)])

    head = ("Kode;Uraian;Pagu Revisi;Lock Pagu;Realisasi Periode Lalu;Realisasi Periode Ini;s.d. Periode;"
            "Sisa Anggaran")  # fmt: skip
    lines = [
        "PERIODE : DESEMBER 2021",
        head,
        line("066.01.WA", "Program", int(ceilings.sum()), int(spent.sum()), 0),
    ]
    lines.append(line("3236", "Kegiatan", int(ceilings.sum()), int(spent.sum()), 0))
    block = 1_000
    for start in range(0, rows, block):
        stop = min(rows, start + block)
        total = int(ceilings[start:stop].sum()), int(spent[start:stop].sum())
        kro = f"3236.{_letters(start // block)}"
        lines.append(line(kro, "KRO", *total, 1))
        for number in range(start, stop):
            code = str(521_000 + (number - start))
            lines.append(line(code, f"Akun {code}", int(ceilings[number]), int(spent[number]), number))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _letters(number: int) -> str:
    return "".join(chr(65 + number // power % 26) for power in (676, 26, 1))


def write_villages(path: Path, rows: int) -> pd.DataFrame:
    """Write villages of one large regency and return them as reference rows.

    One row in ten has no code and is matched by its name; one in fifty misspells it.
    """
    number = np.arange(rows)
    reference = pd.DataFrame({
        "village_code": [f"63.06.{1 + n // 1000:02d}.{2001 + n % 1000}" for n in number],
        "village_name": [_village_name(n) for n in range(rows)],
        "village_type": "desa",
    })  # fmt: skip
    reference["district_code"] = reference["village_code"].str.slice(0, 8)
    names = reference["village_name"].where(number % 50 != 7, reference["village_name"] + "h")
    frame = pd.DataFrame({"Kode Desa": reference["village_code"].where(number % 10 != 7, ""),
                          "Nama Desa": names,
                          "Kecamatan": [_district_name(n // 1000) for n in range(rows)], "Jenis": "desa",
                          "Tahun Desa Bersinar": np.where(number % 10 == 0, "2020", ""),
                          "Kelas Kerawanan": np.where(number % 3 == 0, "waspada", "")})  # fmt: skip
    frame.to_csv(path, sep=";", index=False)
    return reference


def _village_name(number: int) -> str:
    # Any two of a district differ in two syllables or more: a wrong letter stays the nearest to its own.
    digits = [number // 100 % 10, number // 10 % 10, number % 10]
    first, second, third, fourth = (SYLLABLES[digit] for digit in (*digits, sum(digits) % 10))
    return f"{first}{second} {third}{fourth} {_district_name(number // 1000)}".title()


def _district_name(number: int) -> str:
    return f"{SYLLABLES[number // 10]}{SYLLABLES[number % 10]}".title()


def make_project(folder: Path, kind: str, rows: int, workbook: bool) -> None:
    """Make a scratch project with one large source."""
    raw = folder / "data/raw/bnnk-hss/2021"
    raw.mkdir(parents=True)
    (folder / "notebooks").mkdir()
    (folder / "pyproject.toml").write_text("", encoding="utf-8")
    shutil.copytree(ROOT / "data/reference", folder / "data/reference")
    declared = (ROOT / "data/raw/bnnk-hss/2021/edition.toml").read_text(encoding="utf-8")
    head = declared[: declared.index("[sources.")]
    sheets = f'sheets = ["{"Desember" if workbook else ""}"]\n' if kind == "budget" else ""
    file = Path(FILES[kind]).with_suffix(".xlsx" if workbook else ".csv").name
    text = f'{head}[sources.{SOURCES[kind]}]\nfile = "{file}"\n{sheets}'
    (raw / "edition.toml").write_text(text, encoding="utf-8")
    path = raw / FILES[kind]
    if kind == "survey":
        write_survey(path, rows)
    elif kind == "budget":
        write_budget(path, rows)
    else:
        villages = write_villages(path, rows)
        villages.to_csv(folder / "data/reference/villages.csv", index=False)
        districts = pd.DataFrame({"district_code": villages["district_code"].unique()})
        names = [_district_name(number) for number in range(len(districts))]
        districts.assign(district_name=names, regency_code="63.06").to_csv(
            folder / "data/reference/districts.csv", index=False
        )
    if workbook:
        as_workbook(path)


def as_workbook(path: Path) -> Path:
    """Write the CSV's rows as XLSX, whole numbers as numbers; return its path."""
    target = path.with_suffix(".xlsx")
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        types = (
            f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="{kind}"/></Types>'
        )
        relation = (
            '<Relationships xmlns="{0}/relationships"><Relationship Id="r1" Type="{1}/{2}" Target="{3}"/>'
            "</Relationships>"
        )
        archive.writestr("[Content_Types].xml", types)
        root = relation.format(package, kinds, "officeDocument", "xl/workbook.xml")
        archive.writestr("_rels/.rels", root)
        book = '<sheets><sheet name="Desember" sheetId="1" r:id="r1"/></sheets>'
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{kinds}">{book}</workbook>')
        target_sheet = relation.format(package, kinds, "worksheet", "worksheets/sheet1.xml")
        archive.writestr("xl/_rels/workbook.xml.rels", target_sheet)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet, path.open() as rows:
            sheet.write(f'<worksheet xmlns="{main}"><sheetData>'.encode())
            for number, row in enumerate(rows, start=1):
                sheet.write(_row_xml(number, row.rstrip("\n").split(";")).encode())
            sheet.write(b"</sheetData></worksheet>")
    return target


def _row_xml(number: int, values: list[str]) -> str:
    cells = []
    for column, value in enumerate(values):
        place = f"{chr(65 + column)}{number}"
        if value.isdigit():
            cells.append(f'<c r="{place}"><v>{value}</v></c>')
        elif value:
            cells.append(f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>')
    return f'<row r="{number}">{"".join(cells)}</row>'


def read_with_pandas(folder: str, kind: str) -> int:
    """Read the file as an analyst would, once."""
    path = Path(folder) / "data/raw/bnnk-hss/2021" / FILES[kind]
    if path.with_suffix(".xlsx").exists():
        skip = 1 if kind == "budget" else 0
        return len(pd.read_excel(path.with_suffix(".xlsx"), skiprows=skip, engine="calamine"))
    return len(pd.read_csv(path, dtype="str", keep_default_na=False, **_shape(kind)))


def guess_with_pandas(folder: str, kind: str) -> int:
    """Read the CSV with the types that pandas takes its texts for."""
    return len(pd.read_csv(Path(folder) / "data/raw/bnnk-hss/2021" / FILES[kind], **_shape(kind)))


def _shape(kind: str) -> dict[str, Any]:
    return {"sep": ";", "skiprows": 1 if kind == "budget" else 0}


def clean_with_helpers(folder: str, kind: str) -> int:
    """Read, check and clean the file."""
    os.chdir(folder)
    from helpers.clean import clean_source
    from helpers.edition import load_edition
    from helpers.params import RunParams

    result = clean_source(load_edition(RunParams()), SOURCES[kind])
    errors = [finding.text() for finding in result.errors][:3]
    if errors:
        raise SystemExit(f"the benchmark's own data are refused: {errors}")
    return result.rows_kept


def _measured(function: Callable[[str, str], int], folder: str, kind: str, queue: Any) -> None:
    # Imports are not part of either measure.
    from helpers.clean.contracts import check_contract
    from helpers.clean.journal import Journal
    from helpers.columns import TABLES
    from helpers.read import cast_table

    table = TABLES["clean_villages__village"]
    empty = cast_table(pd.DataFrame(columns=table.columns), table)
    check_contract(empty, table, Journal("villages", "", ""))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, used = time.perf_counter(), time.process_time()
    rows = function(folder, kind)
    seconds, processor = time.perf_counter() - start, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    queue.put({"rows": rows, "seconds": seconds, "cpu": processor,
               "peak_mib": peak / 1024, "base_mib": before / 1024})  # fmt: skip


def measure(function: Callable[[str, str], int], folder: Path, kind: str) -> dict[str, float]:
    """Run one measure in a new process."""
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=_measured, args=(function, str(folder), kind, queue))
    process.start()
    while True:
        try:
            result: dict[str, float] = queue.get(timeout=1)
            break
        except Empty:
            if not process.is_alive():
                raise SystemExit(f"{function.__name__} of {kind} failed") from None
    process.join()
    return result


def run(kind: str, rows: int, workbook: bool, repeat: int) -> dict[str, float | str]:
    """Measure one source at one size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # In a process of its own: a child's peak begins with its parent's.
        writing = multiprocessing.get_context("spawn").Process(
            target=make_project, args=(folder, kind, rows, workbook)
        )
        writing.start()
        writing.join()
        # Reading first warms the file cache for both.
        measure(read_with_pandas, folder, kind)
        guessed = [] if workbook else [measure(guess_with_pandas, folder, kind) for _ in range(repeat)]
        turns = [
            (measure(read_with_pandas, folder, kind), measure(clean_with_helpers, folder, kind))
            for _ in range(repeat)
        ]
    plain, cleaned = (
        {key: statistics.median(turn[side][key] for turn in turns) for key in turns[0][side]}
        for side in (0, 1)
    )
    ratio, cpu_ratio = (
        round(statistics.median(clean[key] / read[key] for read, clean in turns), 2)
        for key in ("seconds", "cpu")
    )
    return {
        "source": kind,
        "format": "xlsx" if workbook else "csv",
        "rows": rows,
        "guess s": round(statistics.median(each["seconds"] for each in guessed), 3) if guessed else "",
        "read s": round(plain["seconds"], 3),
        "clean s": round(cleaned["seconds"], 3),
        "ratio": ratio,
        "read cpu s": round(plain["cpu"], 3),
        "clean cpu s": round(cleaned["cpu"], 3),
        "cpu ratio": cpu_ratio,
        "rows/s": round(rows / cleaned["seconds"]),
        "read MiB": round(plain["peak_mib"]),
        "clean MiB": round(cleaned["peak_mib"]),
    }


def together(rows: list[dict[str, float | str]], size: int) -> list[dict[str, float | str]]:
    """Return the sum of all sources by format: the country, and an eighth of it."""
    summed = []
    for kind in dict.fromkeys(row["format"] for row in rows):
        halves = [row for row in rows if row["format"] == kind]
        pairs: list[dict[str, float | str]] = []
        for part in (halves[::2], halves[1::2]):
            row: dict[str, float | str] = {"source": "national", "format": kind}
            for name in ("rows", "read s", "clean s", "read cpu s", "clean cpu s"):
                row[name] = round(sum(float(each[name]) for each in part), 3)
            row |= {"rows": int(row["rows"]), "ratio": round(float(row["clean s"]) / float(row["read s"]), 2)}
            row["cpu ratio"] = round(float(row["clean cpu s"]) / float(row["read cpu s"]), 2)
            pairs.append(row)
        _grow(*pairs)
        summed += pairs
    return summed if len(rows) == 2 * size * len({row["format"] for row in rows}) else []


def _grow(small: dict[str, float | str], large: dict[str, float | str]) -> None:
    for measured, name in (("clean s", "growth"), ("clean cpu s", "cpu growth"), ("read s", "read growth")):
        large[name] = round(float(large[measured]) / float(small[measured]), 1)


def as_markdown(rows: list[dict[str, float | str]]) -> str:
    """Return the measures as a table that documentation can take over."""
    names = list(rows[-1])
    lines = [names, ["---" if name in ("source", "format") else "---:" for name in names]]
    lines += [[_cell(row.get(name, "")) for name in names] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: float | str) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def main(arguments: list[str]) -> int:
    """Run the benchmark and print one line a source, format and size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--size", choices=tuple(SCALES), default="small")
    parser.add_argument("--only", default=",".join(SIZES))
    parser.add_argument("--format", choices=("csv", "xlsx", "both"), default="both")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    # Both sides in processes such as notebooks run in.
    os.environ.update(SERVER_ENVIRONMENT)
    rows: list[dict[str, float | str]] = []
    for kind in options.only.split(","):
        full = int(SIZES[kind] * SCALES[options.size])
        for workbook in (True, False) if options.format == "both" else (options.format == "xlsx",):
            small, large = (run(kind, size, workbook, options.repeat) for size in (full // GROWTH, full))
            _grow(small, large)
            rows += [small, large]
            # A full run takes a quarter of an hour: what is known is told.
            sys.stderr.write(f"{json.dumps(large)}\n")
    rows += together(rows, len(SIZES))
    if options.json:
        sys.stdout.write(json.dumps(rows, indent=2) + "\n")
    else:
        sys.stdout.write(as_markdown(rows) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
