"""What the people of the tour say and write: example content in the tour's languages, not interface texts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one round; a test puts words of its own in to see that they turn up in no log."""

    title: str
    words: str
    note: str
    diagnosis: str
    customer: str
    role: str
    answer: str


ENGLISH = Said(
    title="Water under the machine every morning",
    words="About a cup of water, always below the left side. We have switched it off.",
    note="Asked them to keep it switched off until we are there.",
    diagnosis="Relief valve drips at 1.6 bar, seat scored. Boiler tight.",
    customer="Teresa Teixeira",
    role="Owner",
    answer="Relief valve exchanged, tested and handed over. Runs at 1.2 bar.",
)
ARABIC = Said(
    title="ماء تحت الآلة كل صباح",
    words="نحو كوب من الماء، دائمًا تحت الجانب الأيسر. لقد أطفأناها.",
    note="طلبنا منهم إبقاءها مطفأة حتى نصل.",
    diagnosis="صمام الأمان يقطّر عند 1.6 بار، والمقعد مخدوش. الغلاية محكمة.",
    customer="تيريزا تيشيرا",
    role="المالكة",
    answer="استُبدل صمام الأمان واختُبر وسُلّمت الآلة. تعمل عند 1.2 بار.",
)
SAID = {"en": ENGLISH, "ar": ARABIC}
