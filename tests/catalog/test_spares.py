"""From any part number, however old, to the part to use now."""

from hypothesis import given
from hypothesis import strategies as st

from app.catalog.spares import Spares, spares_of
from app.content.published.part import Fit, Part, PartStatus, SerialRange, StockClass, Successor
from tests.content.sample import catalog

OLD, NEW = "FD2A253900428", "FD2A254000001"


def part(number: str, *successors: Successor, model: str = "FD2", serials: SerialRange | None = None) -> Part:
    return Part(
        code=number,
        version=1,
        name=number,
        description="",
        assembly="C",
        position="C1",
        quantity=1,
        fits=(Fit(model, serials or SerialRange()),),
        status=PartStatus.SUPERSEDED if successors else PartStatus.ACTIVE,
        superseded_by=successors,
        recalled_lots=(),
        component_type="",
        form="",
        safety_relevant=False,
        wear=False,
        stock_class=StockClass.ORDER,
        floor_per_100=0,
        lead_days=1,
        prices=(),
        hs_code="",
        origin="IT",
        weight_g=1,
        dangerous_goods="",
        shelf_life_days=0,
        procedure="",
        parent="",
    )


@st.composite
def trees(draw: st.DrawFn) -> Spares:
    """Parts whose successors come later in the list, so that no chain is a circle; some split in two at 2540."""
    count = draw(st.integers(1, 12))
    parts = []
    for at in range(count):
        later = draw(st.lists(st.integers(at + 1, count - 1), max_size=2, unique=True)) if at + 1 < count else []
        ranges = [SerialRange()] if len(later) == 1 else [SerialRange("", "2539"), SerialRange("2540", "")]
        successors = [Successor(str(each), serials) for each, serials in zip(later, ranges, strict=False)]
        parts.append(part(str(at), *successors))
    return spares_of(parts)


@given(trees(), st.sampled_from([OLD, NEW]))
def test_with_a_serial_every_chain_ends_at_one_part_in_use(spares: Spares, serial: str) -> None:
    for number in spares.by_number:
        chain = spares.current_part(number, serial=serial)

        assert chain is not None and chain.current is not None
        assert not chain.current.superseded_by
        assert number == chain.steps[0].number
        assert len(chain.steps) == len(set(chain.steps))


@given(trees(), st.sampled_from(["", OLD, NEW]))
def test_asking_again_for_the_answer_gives_the_answer(spares: Spares, serial: str) -> None:
    for number in spares.by_number:
        chain = spares.current_part(number, serial=serial)

        assert chain is not None
        again = spares.current_part(chain.steps[-1].number, serial=serial)
        assert again is not None
        assert (chain.current, chain.choices) == (again.current, again.choices)


@given(trees())
def test_without_a_serial_a_split_gives_its_choices_and_no_answer(spares: Spares) -> None:
    for number in spares.by_number:
        chain = spares.current_part(number)

        assert chain is not None
        assert (chain.current is None) == (len(chain.choices) == 2)
        assert not chain.ends_nowhere


@given(trees())
def test_steps_forward_and_back_agree(spares: Spares) -> None:
    for number, each in spares.by_number.items():
        for successor in each.superseded_by:
            assert number in [before.number for before in spares.replaced_by(successor.number)]


def test_split_by_serial_chooses_the_probe_for_the_machine() -> None:
    old = catalog().current_part("AV-K-5201-9", serial="FD2A253900428X")
    new = catalog().current_part("AV-K-5201-9", serial="FD2A261700428N")

    assert old and new and old.current and new.current
    assert ("AV-K-5203-5", "AV-K-5204-3") == (old.current.number, new.current.number)


def test_serial_outside_every_branch_ends_nowhere() -> None:
    early = Successor("2", SerialRange("", "2539"))
    spares = spares_of([part("1", early), part("2")])

    chain = spares.current_part("1", serial=NEW)

    assert chain is not None
    assert (None, True, ()) == (chain.current, chain.ends_nowhere, chain.choices)


def test_number_is_found_as_typed_on_a_telephone() -> None:
    found = catalog().part("av c 1204 r")

    assert found is not None
    assert "Relief valve, 1.8 bar" == found.name


def test_unknown_number_gives_nothing() -> None:
    assert (None, None) == (catalog().part("AV-C-9999-9"), catalog().current_part("AV-C-9999-9"))


def test_parts_for_a_machine_are_those_in_use_that_fit_its_serial_in_drawing_order() -> None:
    found = catalog().parts_for("FD2", serial="FD2A253900428X")

    numbers = [each.number for each in found]
    assert "AV-K-5203-5" in numbers
    assert not {"AV-K-5204-3", "AV-K-5201-9"} & set(numbers)
    assert sorted(found, key=lambda each: (each.assembly, int(each.position[1:]))) == list(found)


def test_range_holds_its_ends_by_week_and_by_running_number() -> None:
    week, exact = SerialRange("2540", "2601"), SerialRange("254000010", "254000020")

    assert [True, True, False, False] == [
        week.holds(f"FD2A{made}X") for made in ("254000000", "260199999", "253999999", "260200000")
    ]
    assert [True, True, False, False] == [
        exact.holds(f"FD2A{made}X") for made in ("254000010", "254000020", "254000009", "254000021")
    ]


def test_fit_of_another_model_never_holds() -> None:
    assert not part("1", model="FD1").fits_serial("FD2A261700428N")
    assert catalog().spares.by_number["AV-C-1204-R"].fits_model("FD1")


def test_model_without_parts_has_none() -> None:
    assert () == catalog().parts_for("XX9")
