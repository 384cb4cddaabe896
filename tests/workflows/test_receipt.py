from app.store.sessions import ThreadStore
from app.workflows.receipt import receipt_sheet
from app.workflows.repair import receive_machine
from tests.repair_bench import Bench
from tests.stores import EVERYTHING


def test_a_receipt_names_no_customer_where_none_is_known(desk_store: ThreadStore) -> None:
    bench = Bench(desk_store)
    desk_store.write(EVERYTHING, receive_machine, (bench.repair,))

    sheet = bench.ask(receipt_sheet, bench.repair)

    assert ["Machine"] == [group.heading for group in sheet.groups]
