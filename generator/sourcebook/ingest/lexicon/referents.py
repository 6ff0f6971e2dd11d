"""What tells in French who acts in a sentence, and whom a pronoun can mean."""

from __future__ import annotations

import re
from typing import NamedTuple

from .reports import FR_VERB

FR_PRONOUNS = {
    "il": "m",
    "lui": "m",
    "elle": "f",
}
"""Pronouns that mean who acted last, with their gender; "ce dernier" is whoever was named last."""

GENDER_BY_WORD = {
    "le": "m",
    "un": "m",
    "ce": "m",
    "cet": "m",
    "son": "m",
    "m.": "m",
    "monsieur": "m",
    "la": "f",
    "une": "f",
    "cette": "f",
    "sa": "f",
    "mme": "f",
    "madame": "f",
    "mlle": "f",
}
"""What the word before an office or name tells of who is meant."""

_NAME_WORD = r"[A-ZÀ-ÖØ-Þ][\w’'-]*[\w]"
FR_NAME = re.compile(
    r"(?<!\bde )(?<!\bdu )(?<!\bd['’])(?<!\bdes )(?<!\bà )(?<!\bau )(?<!\bavec )(?<!\bpar )(?<!\bpour )"
    r"(?<!\bchez )(?<!\bcontre )(?<!\bet )(?<![\w-])"
    r"(?P<name>(?!(?:Le|La|Les|L['’]\w+|Un|Une|Selon|Pour|Dans|Mais|Et|Ce|Cette|Son|Sa|En|Au|Aux|À)\b)"
    rf"(?:Mme |M\. )?{_NAME_WORD}(?: (?:de |du |al |el |van |von |ben )?{_NAME_WORD}){{1,3}}"
    rf"|(?:Mme|M\.) {_NAME_WORD})"
)
"""A person's name, of two words or more or behind "Mme", that no preposition makes another's."""
FR_ANY_NAME = re.compile(rf"(?<![\w-])(?:(?:Mme|M\.) )?{_NAME_WORD}(?: (?:de |du )?{_NAME_WORD})*")

FR_FINITE = re.compile(
    r"(?<=[\w)»,])\s(?:(?:ne|se|y|en|lui|leur|nous|vous|le|la|les)\s|(?:n|s|l|m|t)['’]){0,3}"
    r"(?:a|ont|avait|avaient|est|sont|était|étaient|sera|seront|va|vont|doit|doivent|peut|peuvent|veut|veulent"
    rf"|fait|font|refuse|demande|\w{{3,}}(?:ait|aient|èrent)|{FR_VERB})\b(?!-)"
)

FR_PERSONS = re.compile(
    r"^\S+['’\s](?:\w+[-\s]){0,2}?(?:ministre|présidente?|maire|préfet|préfète|porte-parole|secrétaire|chef|cheffe|directeur"
    r"|directrice|députée?|sénateur|sénatrice|avocate?|émissaire|envoyée?|ambassadeur|ambassadrice|général|colonel"
    r"|commandant|juge|procureure?|professeure?|médecin|témoin|habitante?|homme|femme|père|mère|frère|sœur|fils|fille"
    r"|responsable|dirigeante?|militante?|chercheur|chercheuse|journaliste|candidate?|évêque|pape|roi|reine|prince)\b"
)
"""A phrase that names a person by an office or kin."""


class _Acting(NamedTuple):
    pronoun: re.Pattern[str]
    """The subject is a pronoun, or an impersonal one."""
    clause: re.Pattern[str]
    """What opens the clause, behind one adverbial."""
    plural: re.Pattern[str]


FR_ACTING = _Acting(
    pronoun=re.compile(r"(?:^|\s)(?i:il|elle|on|je|nous|vous|ils|elles|ce|c['’]|cela)$"),
    clause=re.compile(
        r"(?:(?!(?:Le|La|L['’]|Un|Une|Ce|Cette|Son|Sa|Les|Des|Ces)(?:\s|\b))[^,]{2,80},\s)?"
        r"(?P<who>(?:(?i:le|la|un|une|ce|cet|cette|son|sa|les|des|ces|ses|leurs?)\s|(?i:l)['’]|[A-ZÀ-Þ])[^,]*)"
    ),
    plural=re.compile(r"(?i:les|des|ces|ses|leurs)\s"),
)
