"""Questions: what claims answer, with a choice or with a number."""

from __future__ import annotations

from ..fields import DATE, KEY, SLUG, SLUGS, TEXT, Field, Reader, mapping_of, record_of
from ..frontmatter import Value
from ..model import FigureAsked

QUESTION_FIELDS = (
    Field("question", TEXT, "the question, neutrally worded", required=True),
    Field("topics", SLUGS, "the topics that it belongs to"),
    Field("date", DATE, "the time that it asks about"),
    Field("answers", mapping_of(TEXT), "id: label, in the order to show"),
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


def check_question(front: dict[str, Value], at: Reader) -> None:
    """Report what its fields together do not say: how the question is answered."""
    how = "give the possible answers as id: label, or figure: {of: …, unit: …} for a number"
    if not front.get("answers") and not front.get("figure"):
        fact = "the question has neither `answers` nor `figure`"
        at.inside("answers").report("question-without-answers", fact, how)
    elif front.get("answers") and front.get("figure"):
        fact = "the question has both `answers` and `figure`"
        at.inside("figure").report("wrong-type", fact, how)
    answers = front.get("answers")
    if isinstance(answers, dict):
        for key in answers:
            SLUG.read(key, at.inside("answers", key, KEY))
