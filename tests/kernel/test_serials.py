import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.serials import (
    ALPHABET,
    check_character,
    component_serial,
    fold,
    has_valid_check,
    likely_slip,
    looks_like_component,
    looks_like_unit,
    part_number,
    unit_serial,
)
from app.kernel.slips import printed_number

UNITS = ["FD2A261700428N", "FD2A261700429L", "FD1A260900113C", "GR1A2548000773", "WD2A2605007779", "HM1B263004521B"]
COMPONENTS = ["BL26170042S", "PM26150310U", "CB262000780", "PR26120905E"]

numbers = st.text(alphabet=ALPHABET, min_size=1, max_size=20)


@pytest.mark.parametrize("serial", UNITS)
def test_the_sample_serials_are_valid_and_print_in_groups(serial: str) -> None:
    found = unit_serial(serial)

    assert found is not None
    assert serial == found.printed.replace("-", "")
    assert f"{serial[:4]}-{serial[4:8]}-{serial[8:13]}-{serial[13]}" == found.printed


@pytest.mark.parametrize("serial", COMPONENTS)
def test_the_sample_components_are_valid(serial: str) -> None:
    found = component_serial(serial)

    assert found is not None
    assert (serial[:2], serial[:6]) == (found.type, found.lot)


@pytest.mark.parametrize(
    "typed",
    [
        "fd2a-2617-00428-n",
        " FD2A 2617 00428 N ",
        "FD2A–2617—00428‑N",
        "\uff26\uff24\uff12\uff21\uff12\uff16\uff11\uff17\uff10\uff10\uff14\uff12\uff18\uff2e",
        "FD2A٢٦١٧٠٠٤٢٨N",
        "FD2A26I7OO428N",
        "FD2A۲۶۱۷۰۰۴۲۸N",
        "\u2066FD2A261700428N\u2069",
        "FD2A_2617_00428_N",
    ],
)
def test_every_way_of_typing_one_serial_is_that_serial(typed: str) -> None:
    found = unit_serial(typed)

    assert found is not None
    assert "FD2A-2617-00428-N" == found.printed


@pytest.mark.parametrize(
    "typed", ["", "FD2A", "VB3B262200311I", "FD2A261700428M", "BL26170042S", "<b>FD2A261700428N", "x" * 9000]
)
def test_what_is_no_machine_serial_is_none(typed: str) -> None:
    assert unit_serial(typed) is None


def test_shape_is_told_apart_from_check() -> None:
    assert looks_like_unit("FD2A-2617-00428-M")
    assert looks_like_component("BL-2617-0042-X")
    assert not looks_like_unit("BL-2617-0042-S")


@given(numbers)
def test_the_check_character_always_checks(body: str) -> None:
    assert has_valid_check(body + check_character(body))


@given(numbers, st.data())
def test_one_wrong_character_is_always_noticed(body: str, data: st.DataObject) -> None:
    whole = body + check_character(body)
    at = data.draw(st.integers(0, len(whole) - 1))
    wrong = data.draw(st.sampled_from([each for each in ALPHABET if each != whole[at]]))

    assert not has_valid_check(whole[:at] + wrong + whole[at + 1 :])


def test_swapped_digits_are_named_as_the_likely_slip() -> None:
    assert "FD2A261700428N" == likely_slip("FD2A-2617-00482-N")
    assert "BL26170042S" == likely_slip("BL26170024S")


def test_no_slip_is_named_when_several_would_explain_it() -> None:
    slip = likely_slip("XX9Z261700428N")

    assert slip == "" or unit_serial(slip) is not None


@given(st.text())
def test_folding_whatever_is_typed_never_fails_and_leaves_no_blank_or_dash(text: str) -> None:
    assert not set(fold(text)) & set(" -_\t\n\u2013\u200f\u2066")


@given(st.text(alphabet="0123456789ABCDEFGHJKLMNPQRSTUVWXYZ", max_size=30))
def test_folding_changes_nothing_in_a_bare_number(text: str) -> None:
    assert text == fold(text)


def test_a_part_number_is_given_back_as_printed() -> None:
    check = check_character("AVC1204")

    assert f"AV-C-1204-{check}" == part_number(f"avc1204{check}")
    assert "" == part_number("AV-C-1204-" + ("A" if check != "A" else "B"))


@pytest.mark.parametrize("stated", ["no plate found", "ABC 1234 56789", "12345678901234"])
def test_a_text_of_fourteen_signs_that_is_no_serial_is_given_back_as_it_is(stated: str) -> None:
    assert stated == printed_number(stated)
