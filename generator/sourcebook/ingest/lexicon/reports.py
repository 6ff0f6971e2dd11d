"""How other languages than English report speech: by language, the patterns that a sentence is tried for.

In the sentence every quotation is a run of ``Q``, marks included. A pattern names the groups ``cue``,
``who`` (none: who spoke before) and ``what``, which is what was said; ``more`` is its second half.
Another language is a row here: the common verbs, "according to", and the order of the words.
"""

from __future__ import annotations

import re

Q = "\ue000"
"""Stands for each character of a quotation; no text has it."""

# French -------------------------------------------------------------------------------------------

_FR_PAST = (
    "déclaré|dit|affirmé|réagi|annoncé|ajouté|expliqué|indiqué|assuré|estimé|souligné|précisé|confirmé|répondu"
    "|reconnu|rappelé|regretté|déploré|insisté|écrit|jugé|promis|soutenu|raconté|conclu|averti|martelé"
    "|poursuivi|lancé|témoigné|répété|prévenu|admis|noté|observé|commenté|fait savoir"
)
_FR_PRESENT = (
    "déclare|dit|affirme|réagit|annonce|ajoute|explique|indique|assure|estime|souligne|précise|confirme|répond"
    "|reconnaît|rappelle|regrette|déplore|insiste|écrit|juge|promet|soutient|raconte|conclut|avertit"
    "|poursuit|lance|témoigne|répète|prévient|admet|note|observe|commente|fait savoir"
)
_FR_PLURAL = "|".join(f"{verb}nt" for verb in _FR_PRESENT.split("|") if verb.endswith("e"))
_FR_ADVERB = (
    r"(?:\s(?:également|aussi|encore|ainsi|ensuite|toutefois|notamment|par ailleurs|en outre))?"
)
FR_VERB = (
    rf"(?:(?:a|ont|avait|avaient){_FR_ADVERB}\s(?:{_FR_PAST})|(?:{_FR_PRESENT}|{_FR_PLURAL}))\b"
    rf"{_FR_ADVERB}"
)
"""A verb of speech, with its auxiliary."""
# No subject has a verb, nor what tells that something is denied, supposed or asked.
FR_VERBAL = "a|ont|avoir|avait|avaient|été|être|est|sont|était|étaient|doit|peut|veut|va|vont"
_FR_PLAIN = (
    rf"(?:(?!\b(?i:(?:ne|pas|que|qui|si|jamais|aurait|auraient)\b|(?:n|qu|s)['’])|\b(?:{FR_VERBAL})\b)"
    rf"[^,;:.!?()«»{Q}])"
)
_FR_TURNED = (
    rf"(?:(?:a|avait)-t-(?P<he>il|elle){_FR_ADVERB}\s(?:{_FR_PAST})"
    rf"|(?:{_FR_PRESENT})-(?:t-)?(?P<she>il|elle))\b"
)
_FR_DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|aujourd['’]hui"
_FR_DAY = rf"(?:\s(?:{_FR_DAYS})(?:\s(?:matin|soir))?)?"
_FR_TO = r"(?:\s(?:à|au|aux|dans|sur)\s(?:l['’]|la\s|le\s|un\s|une\s)?[\w-]+)?"
# A name or office, up to what tells when, where or to whom it was said.
_FR_WHO = (
    rf"(?P<who>(?!(?:que?|qu['’]\w+|dans|lors|sur|après|avant|pour|en|[àa]u?x?|il|elle|on|je|nous|vous)\b)"
    rf"(?:M\.\s)?[^,;:.!?()«»{Q}]{{2,80}}?)"
    r"(?=[,;:.!?()]|\s(?:lors|dans|devant|sur|après|avant|qui|dont|pendant|au cours|en marge|à l['’]AFP"
    rf"|{_FR_DAYS})\b|$)"
)
_FR_OPENER = rf"(?:(?:Puis|Mais|Et|Or|Donc|Alors|Enfin|Ensuite|(?i:{_FR_DAYS}))\s)?+"
_FR_SUBJECT = (
    rf"^(?:[^,;:{Q}]{{2,60}},\s)??{_FR_OPENER}(?P<who>(?!(?:(?i:on|je|nous|vous)|ce)\b)"
    rf"{_FR_PLAIN}{{2,80}}?)(?:\s\([^()]{{2,20}}\))?(?:,\s[^,;:{Q}]{{2,80}},)?\s(?P<cue>{FR_VERB}){_FR_DAY}(?:\s[^,;:{Q}]{{2,60}}?)??"
)
_FR_NAMED = (
    rf"^(?:[^,;:{Q}]{{2,60}},\s)??[^,;:{Q}]{{2,80}}[a-zé],\s(?P<who>(?:[A-ZÀ-Þ][\w’'-]*|de|al|van|von)(?:\s(?:[A-ZÀ-Þ][\w’'-]*|de|al|van|von))+),"
    rf"\s(?P<cue>{FR_VERB}){_FR_DAY}(?:\s[^,;:{Q}]{{2,60}}?)??"
)
_FR_OFFICE = rf"(?:(?:le|la|l['’])[^,;:{Q}]{{2,60}},\s(?=[A-ZÀ-Þ]))?"
_FR_WHAT = r"(?:,\s[^,;:]{3,40},)?(?:\s(?:que\s|qu['’])(?P<what>.+?)|\s?:\s(?P<quoted>Q+))[.!?…\s]*$".replace(
    "Q", Q
)
_FR_SOURCE = r"[Ss]elon|[Dd]['’]après"
_FR_NO_SOURCE = r"(?!(?:que|moi|nous|vous|toute|les (?:cas|besoins|règles|normes)|la loi)\b)"
_FRENCH = (
    rf"(?P<what>{Q}+)\s?,?\s(?P<cue>{FR_VERB}){_FR_DAY}{_FR_TO}\s{_FR_OFFICE}{_FR_WHO}",
    rf"(?P<what>{Q}+)\s?,?\s(?P<cue>{_FR_TURNED})",
    rf"{_FR_NAMED}{_FR_WHAT}",
    rf"{_FR_SUBJECT}{_FR_WHAT}",
    rf"^(?P<what>[^:;{Q}]{{15,}}?),\s(?P<cue>{FR_VERB}){_FR_DAY}{_FR_TO}\s{_FR_OFFICE}{_FR_WHO}",
    rf"^(?P<cue>{_FR_SOURCE})\s{_FR_NO_SOURCE}{_FR_OFFICE}(?P<who>[^,;:{Q}]{{2,80}}),"
    r"(?:\s(?!(?:le|la|les|un|une|des|ce|cette|ces|il|elle|on|son|sa|ses|leur|leurs|plus)\b|l['’])"
    r"[a-zéà][^,;:]{2,80},)?\s(?P<what>.{10,}?)[.!?…\s]*$",
    rf"^(?P<what>[^:;]{{15,}}?),?\s(?P<cue>{_FR_SOURCE})\s{_FR_NO_SOURCE}{_FR_OFFICE}{_FR_WHO}",
)

# Arabic -------------------------------------------------------------------------------------------

_AR_VERB = (
    "(?:[وف])?(?:قال|قالت|أعلن|أعلنت|أكد|أكدت|أضاف|أضافت|صرح|صرحت|أوضح|أوضحت|ذكر|ذكرت|كشف|كشفت|اعتبر|اعتبرت"
    "|شدد|شددت|حذر|حذرت|أفاد|أفادت|أشار|أشارت|يقول|تقول|تابع|تابعت|رأى|رأت)"
)
_AR_NOT = (
    r"(?<!\bوإذا )(?<!\bفإذا )(?<!\bوهل )"
    r"(?<!\bلم )(?<!\bلا )(?<!\bلن )(?<!\bما )(?<!\bهل )(?<!\bإذا )(?<!\bلو )"
)
_AR_THAT = r"(?:إلى\s|على\s|من\s)?(?:(?:أن|إن|بأن)\s|(?=(?:أن|إن|بأن)(?:ه|ها|هم|هن|نا)\s))"
_AR_WHO = (
    rf"(?!(?:أن|إن|بأن)\w{{0,2}}\s|في\s|خلال\s|إلى\s|على\s|من\s)(?P<who>[^،:.؛«»{Q}]{{2,70}}?)"
    r"(?=\s(?:في|خلال|عبر|اليوم|أمس|يوم|مساء|صباح|أثناء|أمام|لل\w+|ل(?:وكالة|قناة|صحيفة|رويترز|فرانس)|أن|إن|بأن|إلى|على|أنه|أنها|إنه|إنها)\s|[،:])"
)
_AR_GAP = rf"[^:.؛{Q}]{{0,80}}?"
_ARABIC = (
    rf"(?:^|\s)و?نقلت?\s[^:.؛{Q}]{{2,50}}?\sعن\s(?P<who>[^،:.؛{Q}]{{2,70}}?)\s(?P<cue>قوله(?:ا|م)?)\s(?:إن|أن)\s"
    r"(?P<what>.{8,}?)[.؟!…\s]*$",
    rf"(?:^|\s){_AR_NOT}(?P<cue>{_AR_VERB})\s{_AR_WHO}{_AR_GAP}\s{_AR_THAT}(?P<what>.{{8,}}?)[.؟!…\s]*$",
    rf"(?:^|\s){_AR_NOT}(?P<cue>{_AR_VERB})(?:\s(?:{_AR_WHO})?{_AR_GAP})?[\s:]+(?:{_AR_THAT})?(?P<what>{Q}+)",
    rf"(?:^|\s){_AR_NOT}(?P<cue>{_AR_VERB})\s{_AR_THAT}(?P<what>.{{8,}}?)[.؟!…\s]*$",
    rf"^(?P<cue>و?(?:بحسب|حسب|وفق|نقلا عن))\s(?P<who>[^،:.{Q}]{{2,70}}?)،\s(?:ف(?=إن))?(?:إن\s)?"
    r"(?P<what>.{8,}?)[.؟!…\s]*$",
    rf"^(?P<what>.{{15,}}?)،?\s(?P<cue>بحسب|حسب|وفق|وفقا|وفقًا)\s(?P<who>[^،:.{Q}]{{2,70}}?)[.،\s]*$",
)

REPORTS: dict[str, tuple[re.Pattern[str], ...]] = {
    # A line may end within what was said.
    "fr": tuple(re.compile(pattern, re.DOTALL) for pattern in _FRENCH),
    "ar": tuple(re.compile(pattern, re.DOTALL) for pattern in _ARABIC),
}
"""By BCP 47 tag of a language; the first pattern that fits a sentence counts."""
