"""Telling the language of a text: ``find_language``."""

from __future__ import annotations

import pytest

from sourcebook.ingest.language import find_language


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("The minister said that the talks in the capital had been of use to all of them.", "en"),
        ("Le ministre a dit que les pourparlers dans la capitale ont été utiles pour tous.", "fr"),
        ("Der Minister sagte, dass die Gespräche in der Hauptstadt für alle nützlich sind.", "de"),
        ("Министр сказал, что переговоры в столице были полезны для всех и не на день.", "ru"),
        ("قال الوزير إن المحادثات في العاصمة كانت مفيدة للجميع من هذا اليوم إلى الغد", "ar"),
        ("שר החוץ אמר כי השיחות בבירה היו מועילות", "he"),
        ("Aleppo Hama Homs", None),
        ("", None),
    ],
)
def test_languages(text: str, tag: str | None) -> None:
    """The language of a sentence is told; of bare names it is not."""
    assert find_language(text) == tag
