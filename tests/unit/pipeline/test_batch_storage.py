"""Reports at addresses: fetched, put up as a whole, and known as finished or not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers.errors import ParameterError
from helpers.pipeline.batch_plan import key_of
from helpers.pipeline.batch_storage import Store, find_raw, is_address, is_finished, local_raw, open_store

fsspec = pytest.importorskip("fsspec", reason="the extra `scale` is not installed")

MAKING: dict[str, Any] = {"parameters": {"year": 2021}, "inputs": {}, "code": {}, "packages": {}}
KEY = key_of(MAKING)


@pytest.fixture(params=["folder", "memory"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An address of a storage that renames, and of one that does not."""
    if request.param == "folder":
        yield f"file://{tmp_path}/far"
        return
    memory = fsspec.filesystem("memory")
    memory.store.clear()
    yield "memory://far"
    memory.store.clear()


def report(folder: Path, **files: str) -> Path:
    """Write a report with its manifest."""
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    manifest = {**MAKING, "outputs": dict.fromkeys(names, "")}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def names_of(store: Store, name: str) -> list[str]:
    return [path.removeprefix(store.path(name) + "/") for path in store.files(name)]


def test_addresses_are_told_from_folders() -> None:
    assert is_address("s3://bucket/x")
    assert not is_address("/srv/x")
    assert not is_address("C:/x")


def test_a_report_put_up_replaces_the_old_one_as_a_whole(address: str, tmp_path: Path) -> None:
    store = open_store(address, "en")
    store.put(report(tmp_path / "old", index_html="1", gone_html="1"), "a/2021")
    store.put(report(tmp_path / "english", index_html="en"), "a/2021/en")
    store.put(report(tmp_path / "new", index_html="2", figures__one_svg="2"), "a/2021", keep=("en",))
    assert names_of(store, "a/2021") == [
        "en/index.html", "en/manifest.json", "figures/one.svg", "index.html", "manifest.json",
    ]  # fmt: skip
    assert store.read("a/2021/index.html") == b"2"
    assert names_of(store, "a") == [f"2021/{name}" for name in names_of(store, "a/2021")]


def test_a_finished_report_is_known_by_key_and_files(address: str, tmp_path: Path) -> None:
    store = open_store(address, "en")
    assert not is_finished(address, "a/2021", KEY, "en")
    store.put(report(tmp_path / "new", index_html="2"), "a/2021")
    assert is_finished(address, "a/2021", KEY, "en")
    assert not is_finished(address, "a/2021", "another", "en")
    store.remove("a/2021/index.html")
    assert not is_finished(address, "a/2021", KEY, "en")


@pytest.mark.parametrize("stop_at", range(3))
def test_a_report_cut_off_while_it_is_put_up_is_not_finished(
    stop_at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsspec.filesystem("memory").store.clear()
    store = open_store("memory://far", "en")
    store.put(report(tmp_path / "old", index_html="1", b_html="1"), "a/2021")
    put, calls = store.fs.put_file, []

    def cut(local: str, target: str) -> None:
        calls.append(target)
        if len(calls) > stop_at:
            raise ConnectionError("gone")
        put(local, target)

    monkeypatch.setattr(store.fs, "put_file", cut)
    with pytest.raises(ConnectionError):
        store.put(report(tmp_path / "new", index_html="2", b_html="2"), "a/2021")
    monkeypatch.undo()
    assert not is_finished("memory://far", "a/2021", KEY, "en")
    store.put(tmp_path / "new", "a/2021")
    assert is_finished("memory://far", "a/2021", KEY, "en")
    assert calls[-1].endswith(("b.html", "index.html", "manifest.json"))


@pytest.mark.parametrize("stop_at", range(3))
def test_where_folders_are_renamed_the_old_report_stays_until_the_new_one_is_whole(
    stop_at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(f"file://{tmp_path}/far", "en")
    store.put(report(tmp_path / "old", index_html="1", b_html="1"), "a/2021")
    put, calls = store.fs.put_file, []

    def cut(local: str, target: str) -> None:
        calls.append(target)
        if len(calls) > stop_at:
            raise ConnectionError("gone")
        put(local, target)

    monkeypatch.setattr(store.fs, "put_file", cut)
    with pytest.raises(ConnectionError):
        store.put(report(tmp_path / "new", index_html="2", b_html="2"), "a/2021")
    assert store.read("a/2021/index.html") == b"1"
    assert is_finished(f"file://{tmp_path}/far", "a/2021", KEY, "en")


def test_in_a_folder_a_changed_file_is_noticed(tmp_path: Path) -> None:
    import hashlib

    folder = report(tmp_path / "out" / "a" / "2021", index_html="2")
    digest = hashlib.sha256(b"2").hexdigest()
    manifest = {**MAKING, "outputs": {"index.html": digest}}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert is_finished(str(tmp_path / "out"), "a/2021", KEY, "en")
    (folder / "index.html").write_text("3", encoding="utf-8")
    assert not is_finished(str(tmp_path / "out"), "a/2021", KEY, "en")


def test_raw_data_is_found_and_fetched_for_one_office(address: str, tmp_path: Path) -> None:
    store = open_store(address, "en")
    editions = [f"{edition}/edition.toml" for edition in ("b/2022", "a/2021", "a/x")]
    for name in (*editions, "a/reference/villages.csv"):
        store.write(name, name.encode())
    assert find_raw(address, "en") == [("a", 2021), ("b", 2022)]
    with local_raw(address, "a", tmp_path, "en") as raw:
        assert (raw / "a" / "2021" / "edition.toml").read_text(encoding="utf-8") == "a/2021/edition.toml"
        assert (raw / "a" / "reference" / "villages.csv").is_file()
        assert not (raw / "b").exists()
    assert not raw.exists()


def test_a_file_is_replaced_in_one_step(address: str) -> None:
    store = open_store(address, "en")
    for content in (b"1", b"2"):
        store.write("index.html", content)
    assert (store.read("index.html"), names_of(store, "")) == (b"2", ["index.html"])


def test_an_address_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"nosuch://x.*nosuch"):
        open_store("nosuch://x", "en")


def test_without_the_package_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fsspec.core", None)
    with pytest.raises(ParameterError, match=r"fsspec.*scale"):
        open_store("memory://x", "en")
