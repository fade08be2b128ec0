"""Executed notebooks for the tests of HTML, PDF, Word and text, built here cell by cell.

Nothing here is computed by the package: the texts, tables and drawings are fixed, so
that what is found in an exported file is known from this page.
"""

from __future__ import annotations

import io
from typing import Any

import nbformat
from matplotlib import rc_context
from matplotlib.figure import Figure
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

PREFIX = "application/vnd.helpers."
SECTIONS = {
    "id": ["Subbagian Umum", "Seksi P2M", "Seksi Rehabilitasi", "Seksi Pemberantasan", "Belanja Pegawai"],
    "en": ["General Affairs", "Prevention", "Rehabilitation", "Eradication", "Personnel"],
}
AMOUNTS = (
    ("612.430.000", "604.180.250", "98,65%"),
    ("401.250.000", "396.004.800", "98,69%"),
    ("158.700.000", "150.921.400", "95,10%"),
    ("146.120.000", "143.385.700", "98,13%"),
    ("391.500.000", "386.437.850", "98,71%"),
)
TOTAL = ("1.710.000.000", "1.680.930.000", "98,30%")


def drawing(kind: str, title: str) -> str:
    """Return an SVG as the charts of the project are: text as text, fixed ids."""
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": kind, "font.family": "Source Sans Pro"}):
        figure = Figure(figsize=(7.2, 3.6))
        axes = figure.add_subplot()
        axes.set_title(title, loc="left")
        if kind == "line":
            axes.plot(range(1, 13), [4, 11, 18, 29, 37, 47, 55, 63, 72, 81, 90, 98.3], color="#143f73")
            axes.fill_between(
                range(1, 13), 0, [5, 10, 15, 25, 35, 40, 48, 55, 60, 70, 80, 90], color="#dce7f4"
            )
        elif kind == "bars":
            axes.barh(SECTIONS["id"], [98.65, 98.69, 95.1, 98.13, 98.71], color="#143f73")
        else:
            axes.errorbar([84.821], [0], xerr=[[3.1], [2.9]], fmt="o", color="#b4560f")
        axes.spines[["top", "right"]].set_visible(False)
        stream = io.BytesIO()
        figure.savefig(stream, format="svg", metadata={"Date": None})
    return stream.getvalue().decode()


def bundle(name: str, content: dict[str, Any], text: str = "") -> Any:
    """Return an output that carries one block of the document model."""
    data = {f"{PREFIX}{name}+json": content, "text/plain": text or name, "text/html": f"<p>{name}</p>"}
    return new_output("display_data", data)


def code(source: str, *outputs: Any, tags: tuple[str, ...] = ()) -> Any:
    """Return an executed code cell."""
    return new_code_cell(source, outputs=list(outputs), execution_count=1, metadata={"tags": list(tags)})


def prose(lang: str, source: str) -> Any:
    """Return a Markdown cell in one language."""
    return new_markdown_cell(source, metadata={"tags": [lang]})


def notebook(cells: list[Any]) -> nbformat.NotebookNode:
    """Return a notebook whose cell ids are their numbers."""
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    return new_notebook(cells=cells)


def document_bundle(lang: str, kind: str, name: str, title: str, subtitle: str) -> dict[str, Any]:
    """Return the declaration that comes first in every notebook."""
    indonesian = lang == "id"
    return {
        "schema": 1,
        "name": name,
        "kind": kind,
        "title": title,
        "subtitle": subtitle,
        "lang": lang,
        "office": "BNN Kabupaten Hulu Sungai Selatan" if indonesian else "BNN of Hulu Sungai Selatan Regency",
        "regency": "Kabupaten Hulu Sungai Selatan" if indonesian else "Hulu Sungai Selatan Regency",
        "year": 2021,
        "release_date": "2021-12-29",
        "illustrative": True,
        "illustrative_text": (
            "Rincian di bawah angka terbit adalah contoh yang dibuat agar cocok dengan angka terbit; "
            "bukan data resmi."
            if indonesian
            else "The detail below the published figures is made up to agree with them; not official data."
        ),
        "letterhead": {
            "agency": (
                "Badan Narkotika Nasional Republik Indonesia"
                if indonesian
                else "National Narcotics Board of the Republic of Indonesia"
            ),
            "office": (
                "BNN Kabupaten Hulu Sungai Selatan" if indonesian else "BNN of Hulu Sungai Selatan Regency"
            ),
            "address": "",
            "website": "",
            "logo": "",
        },
    }


def figure_bundle(lang: str, kind: str, name: str, title: str, alt: str) -> dict[str, Any]:
    """Return a figure with its rows; a cell of the rows starts like a formula."""
    return {
        "name": name,
        "title": title,
        "subtitle": (
            "Belanja kumulatif terhadap pagu, BNNK HSS, 2021, persen"
            if lang == "id"
            else "Cumulative spending of the ceiling, BNNK HSS, 2021, percent"
        ),
        "alt": alt,
        "source": (
            "anggaran-2021.xlsx, lembar Desember; diolah BNNK HSS."
            if lang == "id"
            else "anggaran-2021.xlsx, sheet Desember; computed by BNNK HSS."
        ),
        "illustrative": True,
        "svg": drawing(kind, title),
        "data": {"columns": ["month", "absorption_rate"], "rows": [["=1+1", 0.04], ["2021-12", 0.983]]},
    }


def table_bundle(lang: str, count: int) -> dict[str, Any]:
    """Return a table: of sections with a total row, or of as many villages as asked."""
    indonesian = lang == "id"
    if count <= 6:
        labels = (
            ["Seksi", "Pagu (Rp)", "Realisasi (Rp)", "Penyerapan"]
            if indonesian
            else ["Section", "Ceiling (Rp)", "Spent (Rp)", "Absorption"]
        )
        rows = [[name, *amounts] for name, amounts in zip(SECTIONS[lang], AMOUNTS, strict=True)]
        rows.append(["Jumlah" if indonesian else "Total", *TOTAL])
        caption = "Penyerapan menurut seksi" if indonesian else "Absorption by section"
    else:
        labels = (
            ["Kode", "Desa", "Kecamatan", "Jumlah kegiatan"]
            if indonesian
            else ["Code", "Village", "District", "Activities"]
        )
        rows = [
            [f"63.06.{place % 11 + 1:02}.{2001 + place}", f"Desa {place + 1}", "Kandangan", str(place % 7)]
            for place in range(count)
        ]
        caption = "Kegiatan menurut desa" if indonesian else "Activities by village"
    aligns = ("left", "right", "right", "right") if count <= 6 else ("left", "left", "left", "right")
    return {
        "name": f"table-{count}",
        "caption": caption,
        "columns": [
            {"key": label, "label": label, "align": align}
            for label, align in zip(labels, aligns, strict=True)
        ],
        "rows": rows,
        "total_row": count <= 6,
        "source": "anggaran-2021.xlsx",
        "note": "Pagu adalah pagu revisi terakhir." if indonesian else "The ceiling is the last revision.",
        "illustrative": True,
    }


ALTS = {
    "id": (
        "Diagram garis penyerapan anggaran kumulatif per bulan: naik dari 4 persen pada Januari "
        "menjadi 98,30 persen pada Desember 2021, di atas rencana sejak Februari.",
        "Diagram batang penyerapan menurut seksi: tertinggi 98,71 persen, terendah 95,10 persen.",
        "Titik indeks 84,821 dengan selang kepercayaan pada skala kategori 25 sampai 100.",
    ),
    "en": (
        "Line chart of cumulative budget absorption by month: it rises from 4 percent in January "
        "to 98.30 percent in December 2021, above plan since February.",
        "Bar chart of absorption by section: highest 98.71 percent, lowest Rehabilitation at 95.10 percent.",
        "Point of the index 84.821 with its confidence interval on the category scale from 25 to 100.",
    ),
}
TITLES = {
    "id": (
        "Belanja terserap 98,30 persen, di atas target 90 persen",
        "Semua seksi menyerap lebih dari 95 persen",
        "Indeks 84,821 berada pada kategori tinggi menurut skala 2022",
    ),
    "en": (
        "98.30 percent of the budget was spent, above the 90 percent target",
        "Every section spent more than 95 percent",
        "The index of 84.821 is in the high category of the 2022 scale",
    ),
}
_KEY_FIGURES = {
    "id": (
        ("Penyerapan", "98,30%", "target 90%"),
        ("Pagu", "Rp1,71 miliar", "pagu revisi terakhir"),
        ("Realisasi", "Rp1,68 miliar", "sampai Desember"),
        ("Sisa", "Rp29,07 juta", ""),
    ),
    "en": (
        ("Absorption", "98.30%", "target 90%"),
        ("Ceiling", "Rp1.71 billion", "last revision"),
        ("Spent", "Rp1.68 billion", "up to December"),
        ("Remaining", "Rp29.07 million", ""),
    ),
}
_PROSE = {
    "id": (
        "# Seberapa banyak anggaran terserap?\n\nPertanyaannya: **berapa** dan *kapan* uang dibelanjakan.",
        "## Belanja naik setiap bulan\n\nBelanja naik sepanjang 2021; lihat [](#absorption-by-month)."
        "\n\n- Belanja barang menunggu penetapan pagu.\n- Belanja pegawai mengikuti jadwal gaji:\n"
        "    1. Januari sampai Mei,\n    2. Juni dengan tunjangan.\n",
        "### Rincian menurut seksi\n\nRincian ada pada [](#table-6). Batasnya: angka rencana bukan janji.",
        "## Bagaimana angkanya dihitung\n\nPenyerapan = realisasi ÷ pagu revisi. Kode akun `521211` dan "
        "[peraturan terkait](https://example.org/peraturan?a=1&b=2).\n\n> Angka yang terbit tetap berlaku.",
        "## Kegiatan di desa",
    ),
    "en": (
        "# How much of the budget was spent?\n\nThe question: **how much** was spent, and *when*.",
        "## Spending rose every month\n\nSpending rose in every month of 2021; see [](#absorption-by-month)."
        "\n\n- Goods waited for the ceiling.\n- Salaries follow their calendar:\n"
        "    1. January to May,\n    2. June with the allowance.\n",
        "### Detail by section\n\nThe detail is in [](#table-6). Its limit: a plan is no promise.",
        "## How the figures are computed\n\nAbsorption = spent ÷ revised ceiling. Account `521211` and "
        "[the rule](https://example.org/peraturan?a=1&b=2).\n\n> The published figures stand.",
        "## Activities in villages",
    ),
}


def chapter(lang: str = "id") -> nbformat.NotebookNode:
    """Return a chapter with three figures, tables of 6 and 150 rows, key figures and a warning."""
    title = _PROSE[lang][0].splitlines()[0].removeprefix("# ")
    subtitle = (
        "Penyerapan anggaran Badan Narkotika Nasional Kabupaten Hulu Sungai Selatan sepanjang tahun 2021"
        if lang == "id"
        else "Budget absorption of the office in Hulu Sungai Selatan over the year 2021"
    )
    declaration = document_bundle(lang, "chapter", "budget-absorption", title, subtitle)
    keys = [
        {"key": label, "label": label, "value": value, "note": note, "illustrative": place > 0}
        for place, (label, value, note) in enumerate(_KEY_FIGURES[lang])
    ]
    figures = [
        figure_bundle(lang, kind, name, TITLES[lang][place], ALTS[lang][place])
        for place, (kind, name) in enumerate(
            [("line", "absorption-by-month"), ("bars", "absorption-by-section"), ("index", "index-on-scale")]
        )
    ]
    warning = {
        "kind": "warning",
        "title": "Lima sel dikoreksi" if lang == "id" else "Five cells were corrected",
        "text": (
            "Lima jumlah tertulis sebagai teks dan dibaca sebagai angka."
            if lang == "id"
            else "Five amounts were written as text and read as numbers."
        ),
    }
    other = "en" if lang == "id" else "id"
    own = [prose(lang, text) for text in _PROSE[lang]]
    foreign = [prose(other, text) for text in _PROSE[other]]
    return notebook(
        [
            own[0],
            foreign[0],
            code('office = "bnnk-hss"  # kantor', tags=("parameters",)),
            code("import helpers.notebook as hn\n\nstart = hn.begin()", bundle("document", declaration)),
            code("# angka kunci\nhn.show_key_figures(lines)", bundle("keyfigures", {"items": keys})),
            code("hn.show_notice('x')", bundle("notice", warning)),
            own[1],
            foreign[1],
            code("monthly = compute(lines)\nhn.show(plot_month(monthly))", bundle("figure", figures[0])),
            own[2],
            foreign[2],
            code("hn.show(plot_section(sections))", bundle("figure", figures[1])),
            code("hn.show_table(sections)", bundle("table", table_bundle(lang, 6))),
            own[3],
            foreign[3],
            code("hn.show(plot_index(answers))", bundle("figure", figures[2])),
            own[4],
            foreign[4],
            code("hn.show_table(villages)", bundle("table", table_bundle(lang, 150))),
        ]
    )


_RELEASE = {
    "id": {
        "headline": "BNNK Hulu Sungai Selatan serap 98,30 persen anggaran dan gerakkan 25 perangkat daerah",
        "dateline": "Kandangan, 29 Desember 2021",
        "lead": (
            "Badan Narkotika Nasional Kabupaten (BNNK) Hulu Sungai Selatan menutup tahun 2021 "
            "dengan penyerapan "
            "anggaran 98,30 persen. Sebanyak 25 dari 27 organisasi perangkat daerah (OPD) telah melaksanakan "
            "Instruksi Presiden Nomor 2 Tahun 2020."
        ),
        "sections": [
            {
                "heading": "Anggaran",
                "paragraphs": [
                    "Dari pagu Rp1.710.000.000, belanja sampai dengan Desember 2021 mencapai Rp1.680.930.000 "
                    "atau 98,30 persen, di atas target triwulan IV sebesar 90 persen.",
                ],
            },
            {
                "heading": "Pencegahan dan pemberdayaan masyarakat",
                "paragraphs": [
                    "Indeks ketahanan keluarga antinarkoba dari 10 keluarga di Desa Tibung Raya, Kecamatan "
                    "Kandangan, tercatat 84,821. Kategori yang diterbitkan adalah sangat tinggi; "
                    "menurut skala "
                    "tahun 2022 nilai itu berada pada kategori tinggi.",
                    "Dua OPD belum melaksanakan, yaitu Sekretariat DPRD dan BPBD. Keduanya merencanakan "
                    "pelaksanaan pada tahun 2022.",
                ],
            },
            {
                "heading": "Rencana 2022",
                "paragraphs": [
                    "Pada tahun 2022 pelaksanaan diperluas ke 11 kecamatan dan dua OPD tersebut sehingga "
                    "seluruhnya mencakup 38 unit.",
                ],
            },
        ],
        "note": (
            "Rincian di bawah angka terbit pada edisi ini adalah data ilustrasi yang disusun agar "
            "cocok dengan "
            "angka terbit."
        ),
        "contact": {
            "heading": "Narahubung",
            "lines": ["BNN Kabupaten Hulu Sungai Selatan", "Subbagian Umum"],
        },
        "key": [
            {"label": "Penyerapan anggaran", "value": "98,30%"},
            {"label": "OPD melaksanakan Inpres 2/2020", "value": "25 dari 27"},
            {"label": "Indeks ketahanan keluarga", "value": "84,821"},
        ],
    },
    "en": {
        "headline": "BNNK Hulu Sungai Selatan spends 98.30 percent of its budget and moves 25 departments",
        "dateline": "Kandangan, 29 December 2021",
        "lead": (
            "The regency office of the National Narcotics Board in Hulu Sungai Selatan closes 2021 with "
            "98.30 percent of its budget spent; 25 of 27 departments carry out Presidential "
            "Instruction 2/2020."
        ),
        "sections": [
            {"heading": "Budget", "paragraphs": ["Spending reached Rp1,680,930,000 of Rp1,710,000,000."]},
            {"heading": "Plan for 2022", "paragraphs": ["Eleven districts and two departments will join."]},
        ],
        "note": "The detail below the published figures of this edition is illustrative.",
        "contact": {"heading": "Contact", "lines": ["BNN of Hulu Sungai Selatan Regency", "General Affairs"]},
        "key": [
            {"label": "Budget absorption", "value": "98.30%"},
            {"label": "Departments reporting", "value": "25 of 27"},
            {"label": "Family resilience index", "value": "84.821"},
        ],
    },
}


def press_release(lang: str = "id") -> nbformat.NotebookNode:
    """Return a press release; its notebook's prose is for the author alone."""
    title = "Siaran pers akhir tahun" if lang == "id" else "Year-end press release"
    declaration = document_bundle(lang, "press-release", "press-release", title, "")
    return notebook(
        [
            prose(lang, f"# {title}\n\nCatatan penyusun: jangan terbit."),
            code("hn.begin()", bundle("document", declaration)),
            code("hn.show_release(facts)", bundle("release", _RELEASE[lang])),
        ]
    )


#: A picture of two by two pixels.
PIXELS = (
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR42mMQsS/eEsbPIJPlP0dfEQAZxgOhQSL9kw"
    "AAAABJRU5ErkJggg=="
)
_FRAME = (
    "<table><thead><tr><th></th><th>seksi</th><th>pagu</th></tr></thead>"
    "<tbody><tr><th>0</th><td>P2M &amp; lain</td><td>401250000</td></tr></tbody></table>"
)


def stock() -> nbformat.NotebookNode:
    """Return a notebook as anybody would write it, without the document model."""
    image = new_output("display_data", {"image/png": PIXELS, "text/plain": "<Figure>"})
    image["metadata"] = {"image/png": {"alt": "Empat titik berwarna"}}
    return notebook(
        [
            new_markdown_cell("# Catatan rapat\n\nIsi *catatan*.\n\n#### Lompat tingkat\n\nTeks."),
            code("print('tercetak')", new_output("stream", name="stdout", text="tercetak\n")),
            code("warn()", new_output("stream", name="stderr", text="/home/staf/x.py: UserWarning\n")),
            code("plot()", image),
            code("frame", new_output("execute_result", {"text/html": _FRAME, "text/plain": "frame"})),
            new_markdown_cell(f"![Titik dalam teks](data:image/png;base64,{PIXELS})"),
        ]
    )
