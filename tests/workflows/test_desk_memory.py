from app.kernel.rights import Right
from app.store.sessions import ThreadStore
from app.workflows.drafts import KeptDraft, drafts, drop_draft, keep_draft, read_draft
from app.workflows.settings import get_setting, set_setting
from tests.stores import actor

ANN = actor(Right.LOG_TICKET, Right.CHANGE_SETTINGS)
BOB = actor(Right.LOG_TICKET, person="bob")


def operations(store: ThreadStore) -> int:
    count: int = store.read(lambda session: session.connection().exec_driver_sql("SELECT count(*) FROM op").scalar())
    return count


def test_a_draft_is_kept_as_typed_with_who_typed_it_until_it_is_dropped(desk_store: ThreadStore) -> None:
    desk_store.write(ANN, keep_draft, ("ticket/new", {"words": "it rat"}))
    desk_store.write(BOB, keep_draft, ("ticket/new", {"words": "it rattles", "parts": [1, 2]}))

    kept = desk_store.read(read_draft, ("ticket/new",))

    assert KeptDraft("ticket/new", "bob", {"words": "it rattles", "parts": [1, 2]}, kept.at) == kept
    assert (kept,) == desk_store.read(drafts)
    desk_store.write(ANN, drop_draft, ("ticket/new",))
    assert desk_store.read(read_draft, ("ticket/new",)) is None


def test_drafts_and_settings_stay_on_this_device(desk_store: ThreadStore) -> None:
    desk_store.write(ANN, keep_draft, ("p", {"a": 1}))
    desk_store.write(ANN, drop_draft, ("never kept",))
    desk_store.write(ANN, set_setting, ("shell.language", "ar"))

    assert 0 == operations(desk_store)


def test_a_setting_is_what_was_chosen_last_or_the_callers_own(desk_store: ThreadStore) -> None:
    for language in ("en", "ar"):
        desk_store.write(ANN, set_setting, ("shell.language", language))
    desk_store.write(ANN, set_setting, ("printing.paper", "A4"))

    assert "ar" == desk_store.read(get_setting, ("shell.language", "en"))
    assert "light" == desk_store.read(get_setting, ("shell.look", "light"))
