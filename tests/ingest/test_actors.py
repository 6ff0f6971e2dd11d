"""The actors of a text: known ones, and those that it introduces."""

from __future__ import annotations

import pytest

from sourcebook.ingest.actors import ActorFound
from sourcebook.ingest.authority import Authority, Known

from .reading_of import extract_text, only_claim

KNOWN = Authority(
    actors=(
        Known("recep-tayyip-erdogan", "Recep Tayyip Erdoğan", ("Erdoğan",), "person"),
        Known("al-nusra", "al-Nusra Front", ("Nusra", "جبهة النصرة"), "armed-group"),
        Known("russia", "Russia", (), "state"),
    ),
    topics=(Known("safe-zones", "Safe zones", ("safe zone", "safe zones")),),
    outlets=(Known("sputnik", "Sputnik"),),
)


def find_actor(text: str, slug: str | None, authority: Authority = KNOWN) -> ActorFound:
    (found,) = [a for a in extract_text(text, authority).actors if a.slug == slug]
    return found


def test_known_actors_by_any_name() -> None:
    """Accents, hyphens, line breaks and possessives do not hide a known name; scripts may differ."""
    text = (
        "Mr Erdogan’s men met Al\nNusra Front, and Recep Tayyip\nErdoğan left. جبهة النصرة too.\n"
    )
    erdogan = find_actor(text, "recep-tayyip-erdogan")
    assert [text[slice(*span)] for span in erdogan.mentions] == ["Erdogan", "Recep Tayyip\nErdoğan"]
    nusra = find_actor(text, "al-nusra")
    assert [text[slice(*span)] for span in nusra.mentions] == ["Al\nNusra Front", "جبهة النصرة"]


def test_capital_and_adjective_stand_for_the_state() -> None:
    """ "Moscow" and "Russian" are mentions of Russia, and Moscow may speak for it."""
    text = "A headline stands here\n\nMoscow said that Russian airstrikes would go on.\n"
    assert only_claim(text, KNOWN).by == ("russia",)
    assert find_actor(text, "russia").aliases == ("Moscow", "Russian")


def test_a_state_that_is_only_a_place_is_no_actor() -> None:
    """ "Refugees in Russia" does not make an actor of Russia."""
    text = "A headline stands here\n\nThe men stayed in Russia for a year.\n"
    assert extract_text(text, KNOWN).actors == ()


def test_new_persons_are_known_by_title_or_apposition() -> None:
    """A name with a title is a person; the bare last name is the same one."""
    text = (
        "A headline stands here\n\nForeign Minister Ann Lee met Bob Ray, a former senator.\n\n"
        "Later Lee left.\n"
    )
    actors = extract_text(text).actors
    assert [(a.name, a.kind, a.slug) for a in actors] == [
        ("Ann Lee", "person", None),
        ("Bob Ray", "person", None),
    ]
    assert len(actors[0].mentions) == 2


def test_bodies_are_known_by_their_words() -> None:
    """A ministry is a government body, and letters in brackets are another name of what precedes."""
    text = "The Defense Ministry and the Democratic Union Party (PYD) met. The PYD left.\n"
    assert [(a.name, a.kind) for a in extract_text(text).actors] == [
        ("Defense Ministry", "government"),
        ("Democratic Union Party", "organisation"),
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("the Ministry of Water", "government"),
        ("the University of Oslo", "organisation"),
        ("the Red Cross", "organisation"),
        ("the spokeswoman Ann Lee", "person"),
        ("The Rev Ann Lee", "person"),
    ],
)
def test_a_body_is_no_person(name: str, kind: str) -> None:
    """What has an article before its name, and no title, is no person."""
    text = f"A headline stands here\n\nOn Monday {name} said that it was over.\n"
    assert [a.kind for a in extract_text(text).actors] == [kind]


def test_outlets_are_marked_as_such() -> None:
    """A known outlet that the text names has the kind ``outlet``."""
    text = "A headline stands here\n\n“It is over,” Ann Lee told Sputnik.\n"
    assert find_actor(text, "sputnik").kind == "outlet"
    assert only_claim(text, KNOWN).via == ("sputnik",)


def test_case_counts_in_names() -> None:
    """ "Russia today" is the state and a day, not the broadcaster; an army may be written small."""
    known = Authority(
        actors=(
            Known("russia", "Russia", (), "state"),
            Known("army", "Syrian Army", (), "armed-group"),
        ),
        outlets=(Known("rt", "Russia Today"),),
    )
    text = "A headline stands here\n\nRussia today called on the Syrian army to wait.\n"
    assert [a.slug for a in extract_text(text, known).actors] == ["russia", "army"]


def test_topics_have_evidence() -> None:
    """A topic is proposed with the places where the text names it."""
    text = "They spoke of a safe zone and of other Safe Zones.\n"
    (topic,) = extract_text(text, KNOWN).topics
    assert [text[slice(*span)] for span in topic.evidence] == ["safe zone", "Safe Zones"]
