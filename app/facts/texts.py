"""The words for facts under lock."""

from collections.abc import Mapping

from app.facts.rules import Sort
from app.kernel.messages import Message, say

SORTS: Mapping[Sort, Message] = {
    Sort.HEALTH: say("Health"),
    Sort.PERSON: say("Who was hurt"),
    Sort.PAPERS: say("Identity papers"),
}
