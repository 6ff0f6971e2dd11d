"""Words before and in names that tell what is named: persons, bodies, armed groups."""

from __future__ import annotations

from . import words

HONORIFICS = words(
    """mr mrs ms miss dr prof rev sir lord lady dame sheikh imam ayatollah king queen prince
    mme mlle herr frau señor señora"""
)

TITLES = HONORIFICS | words(
    """president president-elect vice-president minister premier chancellor secretary ambassador
    envoy senator sen rep representative congressman congresswoman governor gov mayor judge justice
    general gen colonel col major maj captain capt lieutenant lt sergeant brigadier admiral marshal
    commander chief chairman chairwoman chair director spokesman spokeswoman spokesperson leader
    correspondent columnist analyst reporter journalist editor author activist professor lawyer
    attorney pope archbishop bishop candidate nominee strategist pollster aide adviser advisor
    economist expert deputy representative pm fm mp speaker diplomat historian sheriff king"""
)
"""Words that stand before a person's name, or tell of a person in an apposition."""

TITLE_MODIFIERS = words(
    """foreign prime vice deputy former then acting general special state defense defence
    interior republican democratic presidential senior chief executive press secretary-general
    national security us u.s un u.n eu white house kremlin first attorney of the and for affairs"""
)

NAME_PARTICLES = words("al el de di da del der den van von bin ibn abu ben la le du dos st")

ORGANISATION_WORDS = words(
    """Ministry Council Committee Party Army Department Front Union Organization Organisation
    Movement Coalition Bank Church Guards Forces Agency Association Court University Institute
    Commission Congress Senate Parliament Center Centre Foundation Bureau Federation League Alliance
    Administration Office Authority Corps Command Committees Society Conference Assembly Fund
    Nations Group Network Service Board Campaign Corporation Company Inc Chamber House Brigade
    Brigades Militia Battalion Regiment Police Navy Guard"""
)

ARMED_GROUP_WORDS = words(
    """Jaish Jaysh Jabhat Ahrar Liwa Harakat Hayat Hay'at Faylaq Hezbollah Hizbullah Brigade Brigades
    Front Army Guards Militia Battalion Regiment Corps Forces Taliban Navy Guard"""
)

GOVERNMENT_WORDS = words("Ministry Department Administration Government Office Agency Bureau House")

NOT_NAMES = words(
    """A An The This That These Those There Here But And Yet So Or In On At By For From With As After
    Before When While Although Though If Since Because His Her Their Its Our However Meanwhile
    Earlier Later Now Then Still Also Even What Who Why How Where Not No Both Many Some Several Most
    Other Another According Asked Speaking Last It He She They We I You Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday January February March April May June July August September
    October November December Video Photo Image Read More See Latest Published World News Islam
    Muslim Muslims Christian Christians Jew Jews Jewish Kurdish Kurds Arab Arabs English Islamic
    Did Does Is Are Was Were Has Have Had Can Would Could Should Nobody
    Listen God East West North South Eastern Western Northern Southern Middle PM FM MP TV AM NOTE
    LATEST PHOTO GMT II III OK"""
)

SPEAKING_ROLES: dict[str, str] = {
    "president": "president",
    "president-elect": "president",
    "premier": "minister",
    "minister": "minister",
    "diplomat": "diplomat",
    "envoy": "diplomat",
    "ambassador": "diplomat",
    "secretary": "secretary",
    "senator": "senator",
    "congressman": "representative",
    "representative": "representative",
    "governor": "governor",
    "mayor": "mayor",
    "commander": "commander",
    "general": "commander",
    "official": "official",
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "spokesperson": "spokesperson",
    "leader": "leader",
    "king": "king",
    "chief": "chief",
    "candidate": "candidate",
    "nominee": "candidate",
    "columnist": "columnist",
    "analyst": "analyst",
    "expert": "analyst",
    "correspondent": "correspondent",
    "chairman": "chair",
    "chairwoman": "chair",
    "director": "director",
    "aide": "aide",
    "adviser": "aide",
    "advisor": "aide",
}
"""Nouns by which a text speaks again of a person, and the kind of office each tells of."""

ROLES_OF_ROLE: dict[str, frozenset[str]] = {
    "diplomat": words("minister diplomat secretary spokesperson"),
    "leader": words("president leader minister king commander"),
    "minister": words("minister"),
    "official": words("commander minister diplomat spokesperson chief official secretary director"),
    "chief": words("chief commander director chair"),
}
"""The offices that a looser noun can mean; a noun that is missing means itself."""
