"""The small words of English by what they do in a sentence."""

from __future__ import annotations

from . import words

ABBREVIATIONS = words(
    """mr mrs ms dr prof sen sens rep reps gov govs gen lt col maj capt sgt cmdr adm brig st jr sr
    rev hon messrs pres supt inc corp co ltd bros no vs v etc al fig jan feb mar apr jun jul aug sep
    sept oct nov dec mon tue tues wed thu thur thurs fri sat sun approx dept est ft mt op cit
    ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb
    nev okla ore pa tenn tex vt va wash wis wyo"""
)
"""Words that a full stop shortens, without it."""

SENTENCE_OPENERS = words(
    """He She They It We I You The This That These Those There Here But And Yet So Or In On At By For
    From With As After Before When While Although Though If Since Because His Her Their Its Our
    However Meanwhile Earlier Later Now Then Still Also Even What Who Why How Where Not No Both Many
    Some Several Most Other Another According Asked Speaking Last"""
)
"""Words with a capital that begin a sentence and are no name."""

SUBJECT_PRONOUNS = words("he she they it we i you who which")
PERSONAL_PRONOUNS = words("he she they it we i you")
OBJECT_PRONOUNS = words("him her them us me it you himself herself themselves itself")
RELATIVES = words("who which that")

DETERMINERS = words(
    """the a an this that these those his her its their our my your any some each every no another
    both such what which whose all many several few most"""
)

AUXILIARIES = words(
    """has have had having is are was were be been being am do does did will would shall should can
    could may might must 's 'd 'll 've 're don doesn didn won wouldn couldn shouldn isn aren wasn
    weren hasn haven hadn can’t cannot ’s ’d ’ll ’ve ’re
    don't doesn't didn't won't wouldn't couldn't shouldn't isn't aren't wasn't weren't hasn't
    haven't hadn't can't don’t doesn’t didn’t won’t wouldn’t couldn’t shouldn’t isn’t aren’t
    wasn’t weren’t hasn’t haven’t hadn’t"""
)
BE_FORMS = words("is are was were be been being am")
NEGATIONS = words("not never n't no")

ADVERBS = words(
    """also again already always once twice often never not ever later earlier then now still yet
    just even only further first instead meanwhile recently repeatedly reportedly too
    thus once more here there today yesterday tonight long since soon almost
    nevertheless nonetheless afterward afterwards sometimes"""
)
"""Adverbs that may stand between a subject and its verb; those in -ly are told by their ending."""

NOUN_PREPOSITIONS = words(
    "of for from at in with on to by against under near within behind among inside outside"
)
"""Prepositions that join a noun to the noun before it ("a spokesman for the ministry in Paris")."""

PREPOSITIONS = NOUN_PREPOSITIONS | words(
    """about into over after before during through between without toward towards across along
    around as above below since until despite like upon outside inside via per amid amidst onto"""
)

SUBORDINATORS = words(
    """that because while although though if when whenever where whereas since after before until
    unless whether as once so than lest whereby"""
)
CONJUNCTIONS = words("and but or nor yet so plus")

QUESTION_WORDS = words("whether if how why what when where who which whom whose")

WEEKDAYS = words(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays"
)
MONTHS = words(
    """january february march april may june july august september october november december jan
    feb mar apr jun jul aug sept sep oct nov dec"""
)
TIME_WORDS = words(
    "today yesterday tomorrow tonight morning afternoon evening night week month year day noon"
)
