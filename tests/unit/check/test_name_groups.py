"""Which names mean the same body, from the registry and the aliases."""

from pathlib import Path

from helpers.check.facts_file import load_name_groups

REGISTRY = (
    "opd_id,opd_name,opd_short_name,regency_code\n"
    "setda,Sekretariat Daerah,Setda,63.06\n"
    "dinkes,Dinas Kesehatan,Dinkes,63.06\n"
    "setda-hst,Sekretariat Daerah HST,Setda HST,63.07\n"
)
ALIASES = "opd_id,alias\nsetda,Sekda\nsetda-hst,Sekda HST\n"


def write_tables(folder: Path, registry: str = REGISTRY) -> Path:
    (folder / "opd_registry.csv").write_text(registry, encoding="utf-8")
    (folder / "opd_aliases.csv").write_text(ALIASES, encoding="utf-8")
    return folder


def test_a_registry_gives_the_bodies_of_one_regency_alone(tmp_path):
    groups = load_name_groups(write_tables(tmp_path), None, "63.06")
    assert groups == (("Sekretariat Daerah", "Setda", "Sekda"), ("Dinas Kesehatan", "Dinkes"))


def test_a_registry_that_does_not_say_whose_its_bodies_are_gives_them_all(tmp_path):
    plain = "\n".join(line.rpartition(",")[0] for line in REGISTRY.splitlines())
    assert len(load_name_groups(write_tables(tmp_path, plain), None, "63.06")) == 3


def test_without_a_registry_there_are_no_groups(tmp_path):
    (tmp_path / "opd_aliases.csv").write_text(ALIASES, encoding="utf-8")
    assert load_name_groups(tmp_path, None, "63.06") == ()
