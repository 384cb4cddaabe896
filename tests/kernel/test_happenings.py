from app.kernel.happenings import Happening, in_force


def test_what_was_taken_back_is_out_whatever_the_order_and_taking_back_is_final() -> None:
    events = [
        Happening("d", "undone", 4, corrects="c"),
        Happening("c", "undone", 3, corrects="a"),
        Happening("b", "note", 2),
        Happening("a", "note", 1),
    ]

    assert ["b"] == [each.id for each in in_force(events, undo="undone")]
    assert in_force(events, undo="undone") == in_force(events[::-1], undo="undone")
