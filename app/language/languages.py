"""The languages of the interface: their own names, directions and digits."""

from dataclasses import dataclass

LATIN_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Language:
    """`code` is BCP 47, `locale` is CLDR's (it fixes order of dates, hours and digits), `own_name` is for choosers.

    `han` is written without spaces: one is set where a value in Latin letters or digits meets its characters.
    """

    code: str
    own_name: str
    locale: str
    right_to_left: bool = False
    digits: str = LATIN_DIGITS
    han: bool = False

    @property
    def folder(self) -> str:
        """The folder of its catalogue, in gettext's spelling."""
        return self.code.replace("-", "_")


SOURCE = Language("en", "English", "en_GB")  # en_GB: day before month and 24 hours, as in all but one of our markets
LANGUAGES = (
    SOURCE,
    Language("ar", "العربية", "ar_SA", right_to_left=True, digits="٠١٢٣٤٥٦٧٨٩"),
    Language("pt-PT", "Português (Portugal)", "pt_PT"),
    Language("pt-BR", "Português (Brasil)", "pt_BR"),
    Language("es", "Español", "es_ES"),
    Language("da", "Dansk", "da_DK"),
    Language("zh-Hans", "简体中文", "zh_Hans_CN", han=True),
)

_BY_CODE = {language.code: language for language in LANGUAGES}


def language_of(code: str) -> Language:
    """The language of a code, or the nearest that is spoken: `ar-EG` and `ar_SA.UTF-8` give Arabic, `pt-AO` the
    first Portuguese, `zh-CN` Chinese, `xx` English."""
    parts = code.split(".")[0].replace("_", "-").split("-")
    family = parts[0]
    while parts:
        found = _BY_CODE.get("-".join(parts))
        if found:
            return found
        parts.pop()
    return next((each for each in LANGUAGES if each.code.split("-")[0] == family), SOURCE)
