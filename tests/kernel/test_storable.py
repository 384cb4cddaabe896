from app.kernel.canonical import canonical
from app.kernel.storable import storable


def test_texts_are_cleaned_wherever_they_stand() -> None:
    typed = {"a\0": ["x\ud800", ("\x1b", 5, None, True)], "b": "two\nlines\tand a tab"}

    kept = storable(typed)

    assert {"a ": ["x\ufffd", [" ", 5, None, True]], "b": "two\nlines\tand a tab"} == kept
    assert canonical(kept)


def test_what_people_write_stays_as_it_is() -> None:
    for text in ("Café Ribeira", "مقهى ليلى", "咖啡 🧰", "👩‍🔧", "نیم‌فاصله"):
        assert text == storable(text)
