"""What every contender of the sync benchmark writes: half chance, half repeated words, another text for each i."""

import hashlib

_WORDS = ("pump", "seal", "replaced", "valve", "leak", "transit", "damage", "serial")


def text_of(i: int, size: int = 440) -> str:
    """`size` characters; the drivers of the peers (peers/) make the same ones."""
    chance = hashlib.sha256(str(i).encode()).hexdigest() * 4
    words = " ".join(_WORDS[(i + k) % 8] for k in range(40))
    return f"{chance} {words}".ljust(size)[:size]
