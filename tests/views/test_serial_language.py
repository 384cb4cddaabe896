from pathlib import Path

from app.store.opening import open_store
from app.store.profile import create_sample
from app.store.sessions import ThreadStore
from app.units.actions import UnitDraft, register_unit
from app.views.serial_lookup import by_serial
from app.workflows.sample import SYSTEM, seed_sample
from tests.stores import EVERYTHING


def test_the_model_of_a_typed_serial_is_named_in_the_language_in_force(tmp_path: Path) -> None:
    with open_store(create_sample(tmp_path / "desk")) as store:
        store.write(SYSTEM, seed_sample)

        english, arabic = (store.read(by_serial, ("FD2A-2617-00428-N", code)).model for code in ("en", "ar"))

    assert "Forge two-group espresso machine" == english
    assert "فورج" in arabic


def test_a_serial_that_was_registered_unconfirmed_brings_its_machine(desk_store: ThreadStore) -> None:
    wrong = "FD2A261700428K"
    unit = desk_store.write(EVERYTHING, register_unit, (UnitDraft(wrong, again=wrong),)).result

    found = desk_store.read(by_serial, ("FD2A-2617-00428-K",))

    assert (unit, None) == (found.unit, found.problem)
