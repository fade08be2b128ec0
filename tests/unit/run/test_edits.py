"""What somebody has changed in a published report is never lost."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from helpers.run.place import keep_edits


def publish(folder: Path, files: dict[str, str]) -> Path:
    """Write a report with its manifest."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    outputs = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}
    (folder / "manifest.json").write_text(json.dumps({"outputs": outputs}), encoding="utf-8")
    return folder


BUILT = {"press-release.docx": "built", "figures/a.svg": "drawn", "tables.xlsx": "tables"}


def kept(tmp_path: Path, **options: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return names and kept contents of the report ``old``, replaced by ``new``."""
    found = keep_edits(tmp_path / "old", tmp_path / "new", tmp_path / "edited", **options)
    return [(name, copy.read_text(encoding="utf-8")) for name, copy in found]


def test_what_was_built_is_not_kept(tmp_path: Path) -> None:
    publish(tmp_path / "old", BUILT)
    publish(tmp_path / "new", BUILT | {"tables.xlsx": "other tables"})
    assert kept(tmp_path) == []
    assert not (tmp_path / "edited").exists()


def test_edited_and_added_files_are_kept_and_what_programs_leave_is_not(tmp_path: Path) -> None:
    old = publish(tmp_path / "old", BUILT)
    publish(tmp_path / "new", BUILT)
    (old / "press-release.docx").write_text("by hand", encoding="utf-8")
    (old / "figures" / "mine.svg").write_text("mine", encoding="utf-8")
    (old / "~$ess-release.docx").write_text("lock", encoding="utf-8")
    assert kept(tmp_path) == [("figures/mine.svg", "mine"), ("press-release.docx", "by hand")]


def test_an_earlier_edit_is_not_overwritten_and_the_same_is_kept_once(tmp_path: Path) -> None:
    for text in ("first", "second", "second"):
        old = publish(tmp_path / "old", BUILT)
        publish(tmp_path / "new", BUILT)
        (old / "press-release.docx").write_text(text, encoding="utf-8")
        assert kept(tmp_path) == [("press-release.docx", text)]
    assert sorted(path.name for path in (tmp_path / "edited").iterdir()) == [
        "press-release-2.docx", "press-release.docx",
    ]  # fmt: skip


def test_without_a_manifest_all_that_is_not_built_now_is_kept(tmp_path: Path) -> None:
    publish(tmp_path / "old", BUILT)
    (tmp_path / "old" / "manifest.json").write_text("{", encoding="utf-8")
    publish(tmp_path / "new", BUILT | {"tables.xlsx": "other"})
    assert kept(tmp_path) == [("tables.xlsx", "tables")]


def test_folders_that_are_reports_of_their_own_stay_out(tmp_path: Path) -> None:
    old = publish(tmp_path / "old", BUILT)
    publish(tmp_path / "new", BUILT)
    (old / "en").mkdir()
    (old / "en" / "press-release.docx").write_text("english", encoding="utf-8")
    assert kept(tmp_path, skip=("en",)) == []
