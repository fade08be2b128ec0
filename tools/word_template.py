"""Make ``press-release.docx``, the Word template of the press release.

Run ``python tools/word_template.py`` after a change here. An office needs
none of this: it opens the file in Word, changes letterhead, fonts and words as it
likes, keeps the names in double curly brackets, and saves it under the same name.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from helpers.publish.design import FONT_FAMILY, colours
from helpers.publish.word import TEMPLATE
from helpers.read.xlsx_bytes import pack_parts, read_parts

#: What Word uses where the font is not installed.
_ALTERNATIVE_FONT = "Calibri"


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _rgb(role: str) -> RGBColor:
    return RGBColor.from_string(colours("light")[role].removeprefix("#"))


def _border(paragraph: Any, side: str, role: str, *, size: int, kind: str = "single", space: int = 6) -> None:
    borders = _element("w:pBdr")
    colour = colours("light")[role].removeprefix("#")
    borders.append(_element(f"w:{side}", val=kind, sz=str(size), space=str(space), color=colour))
    # The schema wants the border before the spacing that python-docx writes.
    paragraph.paragraph_format.element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _shade(paragraph: Any, role: str) -> None:
    fill = colours("light")[role].removeprefix("#")
    shade = _element("w:shd", val="clear", color="auto", fill=fill)
    properties = paragraph.paragraph_format.element.get_or_add_pPr()
    properties.insert_element_before(shade, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _style(
    document: Any, name: str, *, size: float, role: str = "ink", bold: bool = False, before: float = 0,
    after: float = 6,
) -> Any:  # fmt: skip
    styles = document.styles
    style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.name = FONT_FAMILY
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT_FAMILY)
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.italic = False
    style.font.color.rgb = _rgb(role)
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    return style


def _styles(document: Any) -> None:
    normal = _style(document, "Normal", size=10.5, after=5)
    normal.paragraph_format.line_spacing = 1.08
    language = _element("w:lang", val="id-ID")
    normal.element.get_or_add_rPr().append(language)
    _style(document, "Title", size=19, role="accent", bold=True, after=8).paragraph_format.line_spacing = 1.0
    title = document.styles["Title"].element.get_or_add_pPr()
    for borders in title.findall(qn("w:pBdr")):
        title.remove(borders)
    heading = _style(document, "Heading 1", size=11.5, role="accent", bold=True, before=9, after=2)
    heading.paragraph_format.keep_with_next = True
    for name, size, role in (("Agency", 10, "ink"), ("Office", 14, "accent")):
        style = _style(document, name, size=size, role=role, bold=True, after=0)
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        style.font.all_caps = True
    address = _style(document, "Address", size=9, role="muted", after=0)
    address.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _style(document, "Kind", size=9.5, role="accent2", bold=True, before=12, after=2).font.all_caps = True
    notice = _style(document, "Notice", size=10, before=2, after=10)
    _shade(notice, "accent2_soft")
    _border(notice, "left", "accent2", size=24)
    note = _style(document, "Note", size=9, role="muted", before=12)
    _border(note, "top", "grid", size=4)
    _style(document, "Foot", size=8.5, role="muted", after=0)
    _style(document, "Key", size=10.5, before=2, after=2)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(20), Mm(22)
    section.header_distance = section.footer_distance = Mm(11)
    section.different_first_page_header_footer = True
    # Letterhead on the first page alone; the foot on both.
    head = section.first_page_header
    head.paragraphs[0].style = document.styles["Agency"]
    head.paragraphs[0].add_run("{%p if logo %}")
    for text in ("{{ logo }}", "{%p endif %}", "{{ agency }}"):
        head.add_paragraph(text, style="Agency")
    head.add_paragraph("{{ office_name }}", style="Office")
    last = head.add_paragraph("{{ address }}", style="Address")
    _border(last, "bottom", "accent", size=6, kind="thickThinSmallGap", space=5)
    for foot in (section.first_page_footer, section.footer):
        _foot(foot.paragraphs[0], document.styles["Foot"])


def _foot(paragraph: Any, style: Any) -> None:
    paragraph.style = style
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(160), alignment=2)
    paragraph.add_run("{{ foot }}\t{{ word_page }} ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" {{ word_of }} ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Any, name: str) -> None:
    for kind in ("begin", None, "separate", "result", "end"):
        run = paragraph.add_run()
        if kind is None:
            instruction = OxmlElement("w:instrText")
            instruction.text = f" {name} "
            run._r.append(instruction)
        elif kind == "result":
            run.text = "1"
        else:
            run._r.append(_element("w:fldChar", fldCharType=kind))


def _key_table(document: Any) -> None:
    table = document.add_table(rows=4, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    properties = table._tbl.tblPr
    borders = _element("w:tblBorders")
    palette = colours("light")
    for side, role, size in (("top", "accent", "16"), ("bottom", "grid", "4"), ("insideH", "grid", "4")):
        colour = palette[role].removeprefix("#")
        borders.append(_element(f"w:{side}", val="single", sz=size, space="0", color=colour))
    properties.append(borders)
    heading, begin, row, end = table.rows
    heading._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    # Rows that hold only a tag are taken out by docxtpl: the third is written once a figure.
    for cells, texts in (
        (heading.cells, ("{{ key_label }}", "{{ key_value }}")),
        (begin.cells, ("{%tr for item in key %}", "")),
        (row.cells, ("{{ item.label }}", "{{ item.value }}")),
        (end.cells, ("{%tr endfor %}", "")),
    ):
        for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            cell.width = Mm((118, 42)[place])
            shade = _element("w:shd", val="clear", color="auto", fill=palette["surface"].removeprefix("#"))
            cell._tc.get_or_add_tcPr().append(shade)
            paragraph = cell.paragraphs[0]
            paragraph.style = document.styles["Key"]
            run = paragraph.add_run(text)
            if place == 1:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if place == 1 or text == "{{ key_label }}":
                run.bold = True
                run.font.color.rgb = _rgb("accent")


def _body(document: Any) -> None:
    document.add_paragraph("{{ kind }}", style="Kind")
    document.add_paragraph("{{ headline }}", style="Title")
    document.add_paragraph("{%p if notice %}")
    notice = document.add_paragraph(style="Notice")
    notice.add_run("{{ notice_title }}. ").bold = True
    notice.add_run("{{ notice }}")
    document.add_paragraph("{%p endif %}")
    lead = document.add_paragraph()
    lead.add_run("{{ dateline }}").bold = True
    lead.add_run(" – {{ lead }}")
    document.add_paragraph("{%p if key %}")
    _key_table(document)
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p for section in sections %}")
    document.add_paragraph("{%p if section.heading %}")
    document.add_paragraph("{{ section.heading }}", style="Heading 1")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p for paragraph in section.paragraphs %}")
    document.add_paragraph("{{ paragraph }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p if contact %}")
    document.add_paragraph("{{ contact_heading }}", style="Heading 1")
    document.add_paragraph("{%p for line in contact %}")
    document.add_paragraph("{{ line }}").paragraph_format.space_after = Pt(0)
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if note %}")
    note = document.add_paragraph(style="Note")
    note.add_run("{{ note_heading }}. ").bold = True
    note.add_run("{{ note }}")
    document.add_paragraph("{%p endif %}")


def _name_alternative_font(document: Any) -> None:
    """Say in the font table what stands in where the font is missing."""
    parts = document.part.package.iter_parts()
    part = next(part for part in parts if part.partname.endswith("fontTable.xml"))
    entry = (
        f'<w:font w:name="{FONT_FAMILY}"><w:altName w:val="{_ALTERNATIVE_FONT}"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )
    part._blob = part.blob.replace(b"</w:fonts>", entry.encode())


def make_template() -> bytes:
    """Return the template; the same bytes every time."""
    document = Document()
    _styles(document)
    _page(document)
    _body(document)
    _name_alternative_font(document)
    stream = BytesIO()
    document.save(stream)
    return pack_parts(read_parts(stream.getvalue()), compress=True)


if __name__ == "__main__":
    TEMPLATE.write_bytes(make_template())
