from pathlib import Path

from app.store.opening import open_store
from app.store.profile import create_sample
from app.views.serial_lookup import by_serial
from app.workflows.sample import SYSTEM, seed_sample


def test_the_model_of_a_typed_serial_is_named_in_the_language_in_force(tmp_path: Path) -> None:
    with open_store(create_sample(tmp_path / "desk")) as store:
        store.write(SYSTEM, seed_sample)

        english, arabic = (store.read(by_serial, ("FD2A-2617-00428-N", code)).model for code in ("en", "ar"))

    assert "Forge two-group espresso machine" == english
    assert "فورج" in arabic
