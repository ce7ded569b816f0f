"""Ids are derived: the same natural key is the same row on any machine."""

from transforms.identity import derived_id


def test_an_id_is_the_same_today_as_it_was_when_the_first_row_was_written() -> None:
    assert str(derived_id("publisher", "kazinform")) == "6dca6ed3-51be-52cd-b11c-030bbf6ebb2d"


def test_parts_do_not_run_into_each_other() -> None:
    assert derived_id("article", "ab", "c") != derived_id("article", "a", "bc")
    assert derived_id("article", None) != derived_id("article", "")
