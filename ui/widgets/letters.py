"""Keys of one sign: they work as they are, or only together with Alt (WCAG 2.1.4). One choice for the process."""

_alone = True


def letters_alone() -> bool:
    """Whether a single sign sets off its act."""
    return _alone


def set_letters(*, alone: bool) -> None:
    """Chooses for what is pressed and painted from now on; the widgets hear of it as of another language."""
    global _alone
    _alone = alone


def with_alt(keys: str) -> str:
    """The keys as they are to be pressed: `N`, or `Alt+N` where a sign alone does nothing."""
    return f"Alt+{keys}" if len(keys) == 1 and not _alone else keys
