"""Questions: what claims answer, with a choice or with a number."""

from __future__ import annotations

from ..fields import DATE, SLUG, SLUGS, TEXT, Field, Json, Reader, mapping_of, record_of
from ..frontmatter import Value
from ..model import FigureAsked

QUESTION_FIELDS = (
    Field("question", TEXT, "the question, neutrally worded", required=True),
    Field("topics", SLUGS, "the topics that it belongs to"),
    Field("date", DATE, "the time that it asks about"),
    Field("answers", mapping_of(TEXT, SLUG, is_whole=True), "id: label, in the order to show"),
    Field(
        "figure",
        record_of(
            FigureAsked,
            (
                Field("of", TEXT, "what is counted", required=True),
                Field("unit", TEXT, "in what it is counted"),
            ),
            "`figure`",
        ),
        "for a question that a number answers",
    ),
)

_FILLED = {"type": "object", "minProperties": 1}
ONE_WAY_TO_ANSWER: Json = {
    "oneOf": [{"required": [name], "properties": {name: _FILLED}} for name in ("answers", "figure")]
}
"""What ``check_question`` wants, as JSON Schema."""


def check_question(front: dict[str, Value], at: Reader) -> None:
    """Report what its fields together do not say: how the question is answered."""
    how = "give the possible answers as id: label, or figure: {of: …, unit: …} for a number"
    if not front.get("answers") and not front.get("figure"):
        fact = "the question has neither `answers` nor `figure`"
        at.inside("answers").report("question-without-answers", fact, how)
    elif front.get("answers") and front.get("figure"):
        fact = "the question has both `answers` and `figure`"
        at.inside("figure").report("wrong-type", fact, how)
