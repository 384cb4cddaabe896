"""Shape of a question that is asked often."""

from app.content.shapes.grammar import CODE, Fields, Many, Text, Word
from app.content.shapes.machines import FORM_CODE, MODEL_CODE, PROCEDURE_CODE, PartNumber

CRISIS_CODE = Word(r"CP-[0-9]{2}", "CP-04")
FAQ = Fields(
    {
        "code": Word(r"FAQ-[0-9]{2,3}", "FAQ-07"),
        "kinds": Many(CODE, most=12),
        "question": Text(longest=160),
        "answer": Text(longest=600),
        "words": Text(longest=400),
    },
    {
        "not_said": Text(longest=300),
        "refer_when": Text(longest=300),
        "models": Many(MODEL_CODE, most=12),
        "procedures": Many(PROCEDURE_CODE, most=6),
        "parts": Many(PartNumber(), most=12),
        "consumables": Many(PartNumber(), most=8),
        "forms": Many(FORM_CODE, most=6),
        "crisis": Many(CRISIS_CODE, most=3),
    },
)
