import pytest
from sqlalchemy import select

from app.kernel.errors import Trouble, UserError
from app.kernel.rights import Right, Role
from app.people import actions, queries, rules
from app.people.records import Staff
from app.people.rules import StaffDraft
from app.store.sessions import ThreadStore
from tests.stores import EVERYTHING, actor

RITA = StaffDraft("Rita Maria Figueira", roles=(Role.MANAGER,))
TIAGO = StaffDraft("Tiago Moreira", roles=(Role.TECHNICIAN,))


def added(store: ThreadStore, *drafts: StaffDraft) -> list[str]:
    return [store.write(EVERYTHING, actions.add_staff, (draft,)).result for draft in drafts]


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Rita Maria Figueira", "RF"), ("Cher", "C"), ("نورة القحطاني", "نا"), ("佐藤 花子", "佐花"), ("--", "")],
)
def test_initials_come_from_the_first_and_the_last_word(name: str, initials: str) -> None:
    assert initials == rules.initials_of(name)


def test_two_people_never_share_initials(desk_store: ThreadStore) -> None:
    added(
        desk_store,
        RITA,
        StaffDraft("Rui Faria", roles=(Role.AGENT,)),
        StaffDraft("Raul Fonte", "rf", "en", (Role.AGENT,)),
    )

    assert ["RF", "RF2", "RF3"] == sorted(each.initials for each in desk_store.read(queries.staff_list))


def test_of_many_people_alike_each_can_be_edited_and_longer_initials_are_refused(desk_store: ThreadStore) -> None:
    alike = [StaffDraft("Ann", "ABCD", roles=(Role.AGENT,)) for _ in range(11)]
    added(desk_store, RITA, *alike)

    for each in desk_store.read(queries.staff_list):
        draft = StaffDraft(each.name, each.initials, roles=(Role.MANAGER,))
        desk_store.write(EVERYTHING, actions.edit_staff, (each.id, draft))

    known = [each.initials for each in desk_store.read(queries.staff_list)]
    assert 12 == len(set(known)) and all(len(each) <= 4 for each in known)
    with pytest.raises(UserError) as caught:
        added(desk_store, StaffDraft("Ann", "ABCDE", roles=(Role.AGENT,)))
    assert "initials" == caught.value.field


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (StaffDraft("  ", roles=(Role.AGENT,)), "name"),
        (StaffDraft("x" * 121, roles=(Role.AGENT,)), "name"),
        (StaffDraft("Ann"), "roles"),
    ],
)
def test_a_person_needs_a_name_and_a_role(draft: StaffDraft, field: str) -> None:
    with pytest.raises(UserError) as caught:
        rules.completed(draft, [])

    assert (Trouble.BAD_INPUT, field) == (caught.value.kind, caught.value.field)


def test_the_first_person_becomes_manager_whatever_was_chosen(desk_store: ThreadStore) -> None:
    added(desk_store, TIAGO)

    (person,) = desk_store.read(queries.staff_list)

    assert (Role.TECHNICIAN, Role.MANAGER) == person.roles


def test_the_last_manager_can_neither_leave_nor_lose_the_role(desk_store: ThreadStore) -> None:
    rita, _ = added(desk_store, RITA, TIAGO)

    for action, args in (
        (actions.retire_staff, (rita,)),
        (actions.edit_staff, (rita, StaffDraft("Rita", roles=(Role.AGENT,)))),
    ):
        with pytest.raises(UserError) as caught:
            desk_store.write(EVERYTHING, action, args)
        assert Trouble.NOT_ALLOWED == caught.value.kind


def test_who_left_is_off_the_list_and_keeps_the_name(desk_store: ThreadStore) -> None:
    _, tiago = added(desk_store, RITA, TIAGO)

    desk_store.write(EVERYTHING, actions.retire_staff, (tiago,))

    assert ["Rita Maria Figueira"] == [each.name for each in desk_store.read(queries.staff_list)]
    assert "Tiago Moreira" == desk_store.read(queries.names_of)[tiago]


def test_who_comes_back_gets_initials_of_their_own(desk_store: ThreadStore) -> None:
    _, tiago = added(desk_store, RITA, TIAGO)
    desk_store.write(EVERYTHING, actions.retire_staff, (tiago,))
    added(desk_store, StaffDraft("Tomas Melo", roles=(Role.AGENT,)))

    desk_store.write(EVERYTHING, actions.bring_back_staff, (tiago,))

    assert {"RF", "TM", "TM2"} == {each.initials for each in desk_store.read(queries.staff_list)}


def test_an_edit_keeps_the_initials_that_are_the_persons_own(desk_store: ThreadStore) -> None:
    _, tiago = added(desk_store, RITA, TIAGO)

    desk_store.write(EVERYTHING, actions.edit_staff, (tiago, StaffDraft("Tiago Moreira Jr", "TM", "pt", (Role.AGENT,))))

    kept = next(each for each in desk_store.read(queries.staff_list) if each.id == tiago)
    assert ("Tiago Moreira Jr", "TM", "pt", (Role.AGENT,)) == (kept.name, kept.initials, kept.language, kept.roles)


def test_an_empty_store_has_one_actor_who_may_do_everything(desk_store: ThreadStore) -> None:
    found = desk_store.read(queries.actor_for, ("",))

    assert frozenset(Right) == found.rights


def test_with_people_on_the_list_an_actor_must_be_one_of_them(desk_store: ThreadStore) -> None:
    rita, tiago = added(desk_store, RITA, TIAGO)
    desk_store.write(EVERYTHING, actions.retire_staff, (tiago,))

    for nobody in ("", "stranger", tiago):
        with pytest.raises(UserError) as caught:
            desk_store.read(queries.actor_for, (nobody,))
        assert Trouble.WHO_IS_THERE == caught.value.kind
    assert (rita, frozenset(Right)) == (
        (found := desk_store.read(queries.actor_for, (rita,))).person,
        found.rights,
    )


def test_a_technician_may_repair_but_not_manage_people(desk_store: ThreadStore) -> None:
    _, tiago = added(desk_store, RITA, TIAGO)

    rights = desk_store.read(queries.actor_for, (tiago,)).rights

    assert Right.LOG_REPAIR in rights
    assert Right.MANAGE_STAFF not in rights


def test_a_role_of_a_newer_version_is_kept_and_not_shown(desk_store: ThreadStore) -> None:
    added(desk_store, RITA)

    def from_afar(work: object) -> None:
        person = work.session.scalars(select(Staff)).one()  # type: ignore[attr-defined]
        person.roles = [*person.roles, "auditor"]

    desk_store.write(EVERYTHING, from_afar)

    assert (Role.MANAGER,) == desk_store.read(queries.staff_list)[0].roles


def test_this_device_remembers_who_is_at_the_desk_until_they_leave(desk_store: ThreadStore) -> None:
    _, tiago = added(desk_store, RITA, TIAGO)

    desk_store.write(EVERYTHING, actions.sit_down, (tiago,))
    there = desk_store.read(queries.at_the_desk)
    desk_store.write(EVERYTHING, actions.retire_staff, (tiago,))

    assert (tiago, "") == (there, desk_store.read(queries.at_the_desk))


def test_only_who_manages_people_adds_one(desk_store: ThreadStore) -> None:
    with pytest.raises(UserError):
        desk_store.write(actor(Right.LOG_TICKET), actions.add_staff, (TIAGO,))
