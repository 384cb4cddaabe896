import pytest

from app.kernel.packing import packed, unpacked
from app.language.speaking import speak
from app.warranty.rules.costs import Payers, customer_pays

MAKER, SELLER, CUSTOMER, OPEN = "maker", "seller", "customer", ""


@pytest.mark.parametrize(
    ("lines", "missing", "said"),
    [
        ([(MAKER, MAKER, MAKER)], [], "Nothing: Averdell pays parts, labour and travel."),
        ([(SELLER, SELLER, SELLER)], [], "Nothing: the seller pays parts, labour and travel."),
        ([(MAKER, SELLER, MAKER)], [], "Nothing: the warranty pays parts, labour and travel."),
        ([(MAKER, CUSTOMER, CUSTOMER)], [], "Labour and travel; Averdell pays the parts."),
        ([(MAKER, MAKER, CUSTOMER)], [], "Travel; Averdell pays parts and labour."),
        ([(CUSTOMER, CUSTOMER, CUSTOMER)], [], "Parts, labour and travel: no warranty pays for them."),
        ([(MAKER, CUSTOMER, CUSTOMER), (CUSTOMER,) * 3], [],
         "Some of the parts, labour and travel; Averdell pays the rest."),
        ([(MAKER,) * 3, (OPEN,) * 3], ["invoice"], "We cannot say yet: the date of the invoice is missing."),
        ([(OPEN,) * 3], ["invoice", "registration", "invoice"],
         "We cannot say yet: the date of the invoice and the date of registration are missing."),
        ([(OPEN,) * 3], ["of a newer version"], "We cannot say yet."),
    ],
)  # fmt: skip
def test_what_it_costs_is_said_in_the_words_of_the_customer(lines: list[Payers], missing: list[str], said: str) -> None:
    answer = customer_pays(lines, missing=missing, maker="Averdell")

    assert answer is not None
    assert said == speak(answer) == speak(unpacked(packed(answer)))


def test_without_a_part_nothing_is_said_of_costs() -> None:
    assert customer_pays([], missing=[], maker="Averdell") is None
