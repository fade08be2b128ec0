"""The parts of an XLSX file: found, added and related, all others left byte for byte."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import Any

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
#: No entity is resolved and nothing fetched: the file comes from anywhere.
_PARSER = {"resolve_entities": False, "no_network": True, "huge_tree": True}


def parse(content: bytes) -> Any:
    """Return the root of a part.

    Raises
    ------
    ValueError
        If it is not well-formed.
    """
    try:
        return etree.fromstring(content, etree.XMLParser(**_PARSER))
    except etree.XMLSyntaxError as error:
        raise ValueError(f"not well-formed: {error}") from error


def serialise(root: Any) -> bytes:
    """Return a part's bytes."""
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def local(element: Any) -> str:
    """Return a tag without its namespace."""
    return str(etree.QName(element).localname)


@dataclass
class Package:
    """A workbook's parts by name, in their order."""

    parts: dict[str, bytes]

    def __post_init__(self) -> None:
        self.workbook = next(
            (target for kind, target in self._related("") if kind == "officeDocument"), "xl/workbook.xml"
        )

    def _relations_part(self, part: str) -> str:
        folder, name = posixpath.split(part)
        return posixpath.join(folder, "_rels", f"{name}.rels")

    def _related(self, part: str) -> list[tuple[str, str]]:
        """Return the last word of the type and the target of each of a part's relations."""
        return [(kind, target) for _, kind, target in self.relations(part)]

    def relations(self, part: str) -> list[tuple[str, str, str]]:
        """Return id, last word of the type, and target part of each of a part's relations."""
        content = self.parts.get(self._relations_part(part))
        found = []
        for item in parse(content) if content else ():
            if not isinstance(item.tag, str) or item.get("TargetMode") == "External":
                continue
            target = item.get("Target", "")
            base = "/" if target.startswith("/") else posixpath.dirname(part)
            path = posixpath.normpath(posixpath.join(base, target.lstrip("/"))).lstrip("/")
            found.append((item.get("Id", ""), item.get("Type", "").rpartition("/")[2], path))
        return found

    def target(self, part: str, kind: str) -> str | None:
        """Return the part that another is related to in this way."""
        return next((target for known, target in self._related(part) if known == kind), None)

    def sheets(self) -> dict[str, str]:
        """Return the part of each worksheet by its name, in the order of the tabs."""
        targets = {key: target for key, kind, target in self.relations(self.workbook) if kind == "worksheet"}
        found = {}
        for item in parse(self.parts[self.workbook]).iter():
            if isinstance(item.tag, str) and local(item) == "sheet":
                key = next((value for name, value in item.attrib.items() if name.endswith("}id")), "")
                if key in targets:
                    found[item.get("name", "")] = targets[key]
        return found

    def relate(self, part: str, kind: str, target: str) -> str:
        """Relate a part to another and return the relation's id."""
        name = self._relations_part(part)
        content = self.parts.get(name)
        root = parse(content) if content else etree.Element(
            f"{{{_PACKAGE_RELATIONS}}}Relationships", nsmap={None: _PACKAGE_RELATIONS})  # fmt: skip
        taken = {item.get("Id") for item in root if isinstance(item.tag, str)}
        key = next(f"rId{number}" for number in range(1, len(taken) + 2) if f"rId{number}" not in taken)
        path = posixpath.relpath(target, posixpath.dirname(part))
        etree.SubElement(root, f"{{{_PACKAGE_RELATIONS}}}Relationship", Id=key, Type=f"{RELATIONS}/{kind}",
                         Target=path)  # fmt: skip
        self.parts[name] = serialise(root)
        return key

    def add(self, stem: str, suffix: str, content: bytes, content_type: str, *, by_name: bool) -> str:
        """Add a part under the first free number and return its name.

        With ``by_name`` its type is declared for the part, else for all parts of its suffix.
        """
        number = next(n for n in range(1, len(self.parts) + 2) if f"{stem}{n}.{suffix}" not in self.parts)
        name = f"{stem}{number}.{suffix}"
        self.parts[name] = content
        root = parse(self.parts["[Content_Types].xml"])
        if by_name:
            etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=content_type)
        elif suffix not in {item.get("Extension", "").lower() for item in root if isinstance(item.tag, str)}:
            # Defaults stand before the overrides.
            root.insert(0, etree.Element(f"{{{_TYPES}}}Default", Extension=suffix, ContentType=content_type))
        self.parts["[Content_Types].xml"] = serialise(root)
        return name
