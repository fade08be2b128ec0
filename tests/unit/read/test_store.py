"""Processed tables keep their types, reference tables are typed by column name."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.columns import TABLES
from helpers.errors import DataError, SchemaError
from helpers.read import cast_table, read_reference, read_table, write_table


def village(**changes) -> pd.DataFrame:
    values = {"village_code": "63.06.05.2017", "village_name": "=Tibung Raya", "village_name_source": "-",
              "match_method": "code", "match_score": 100, "village_type": "desa", "district_code": "63.06.05",
              "district_name": "Kandangan", "is_desa_bersinar": True, "desa_bersinar_year": 2020,
              "desa_bersinar_precision": "exact", "vulnerability_class": None,
              "source_file": "desa.csv", "source_sheet": None, "source_row": 75,
              "source_columns": "village_name:B"}  # fmt: skip
    return pd.DataFrame([{**values, **changes}])


def test_a_table_comes_back_as_it_was_and_the_csv_is_safe(tmp_path):
    table = cast_table(village(), TABLES["clean_villages__village"])
    parquet, csv = write_table(table, "clean_villages__village", tmp_path / "new")
    pd.testing.assert_frame_equal(read_table("clean_villages__village", tmp_path / "new"), table)
    line = csv.read_text(encoding="utf-8").splitlines()[1]
    assert line == ("63.06.05.2017,'=Tibung Raya,'-,code,100.0,desa,63.06.05,Kandangan,True,2020,exact,,"
                    "desa.csv,,75,village_name:B")  # fmt: skip
    first = parquet.read_bytes()
    write_table(table, "clean_villages__village", tmp_path / "new")
    assert parquet.read_bytes() == first


def test_a_column_that_is_missing_is_named():
    with pytest.raises(SchemaError, match="clean_villages__village lacks village_type"):
        cast_table(village().drop(columns="village_type"), TABLES["clean_villages__village"])


def test_a_table_that_was_not_written_yet(tmp_path):
    with pytest.raises(DataError, match="tabel hasil pembersihan belum ada"):
        read_table("clean_villages__village", tmp_path)


def test_reference_columns_are_typed_by_name(tmp_path):
    text = "scale_id,valid_from,lower_bound,upper_bound,quarter\n007,2022-12-30,25,,1\n"
    (tmp_path / "scales.csv").write_text(text, encoding="utf-8")
    frame = read_reference("scales", tmp_path)
    assert frame["scale_id"][0] == "007"
    assert frame["valid_from"][0] == pd.Timestamp("2022-12-30")
    assert frame["lower_bound"][0] == 25.0
    assert frame["upper_bound"].isna()[0]
    assert str(frame["quarter"].dtype) == "Int64"


@pytest.mark.parametrize(
    "text", ["a,valid_from\nx,30/12/2022\n", "a,lower_bound\nx,dua\n", "a,quarter\nx,1.5\n"]
)
def test_a_reference_value_of_the_wrong_type(tmp_path, text):
    (tmp_path / "r.csv").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="memuat nilai yang tidak dapat dibaca"):
        read_reference("r", tmp_path)


def test_a_reference_table_that_is_missing(tmp_path):
    with pytest.raises(DataError, match="tabel acuan tidak ada"):
        read_reference("r", tmp_path)


def test_a_reference_table_gives_one_regencys_rows_at_their_place_in_the_file(tmp_path):
    (tmp_path / "opd_registry.csv").write_text(
        "opd_id,valid_from,regency_code\na,2017-01-01,63.05\nb,2017-01-01,63.06\nc,2017-01-01,\n"
    )
    assert read_reference("opd_registry", tmp_path)["opd_id"].tolist() == ["a", "b", "c"]
    own = read_reference("opd_registry", tmp_path, "63.06")
    assert (own["opd_id"].tolist(), own.index.tolist()) == (["b"], [1])
    (tmp_path / "survey_items.csv").write_text("item_id\ni01\n")
    assert read_reference("survey_items", tmp_path, "63.06")["item_id"].tolist() == ["i01"]
