"""The commonest small words of languages, and the languages that a script alone gives away."""

from __future__ import annotations

from . import words

SMALL_WORDS_BY_LANGUAGE: dict[str, frozenset[str]] = {
    "en": words(
        """the of and to in that is for it with was on as by he at from his they be has a an are we
        have had this not but or said were which you i did do she her their its been will"""
    ),
    "fr": words("le la les des et du est une que dans qui pour pas sur au avec il sont ce aux"),
    "de": words("der die und das den von zu mit sich des ist im nicht ein eine auf dem für als"),
    "es": words("el la los las de que y en un una por con para del se no su al es lo"),
    "pt": words("o a os as de que e em um uma por com para do da não se no na ao são"),
    "it": words("il la di che e un una per con del della non si i le da sono nel al è gli"),
    "nl": words("de het een van en in is dat op te met voor niet zijn aan er door als bij ook"),
    "sv": words("och att det som en på är av för med den till inte har de ett om var jag han"),
    "pl": words("i w na z się nie do to że jest o jak za po od przez dla ale są co"),
    "tr": words("ve bir bu da de için ile olarak olan çok daha gibi kadar sonra ne ama var en o"),
    "ru": words("и в не на что с он как это по но из у за от к для его так был"),
    "uk": words("і в не на що з він як це по але у за від до для його та є про"),
    "ar": words("في من على أن إلى عن التي الذي مع هذا هذه ما بعد كان قال بين لا كما أو قد"),
    "fa": words("و در به از که این را با است آن برای یک شد تا بر خود هم ها کرد می"),
    "ur": words("کے میں کی ہے اور سے کا کو نے پر کہ ہیں اس یہ بھی کر ایک نہیں تھا کیا"),
    "ckb": words("لە بۆ بە کە و ئەم لەسەر ئەو هەر یان بوو دەکات هەروەها ناو"),
}
"""By BCP 47 tag."""

LANGUAGE_BY_SCRIPT: tuple[tuple[str, str, str], ...] = (
    ("\u0590", "\u05ff", "he"),
    ("\u0370", "\u03ff", "el"),
    ("\u3040", "\u30ff", "ja"),
    ("\uac00", "\ud7af", "ko"),
    ("\u4e00", "\u9fff", "zh"),
    ("\u0900", "\u097f", "hi"),
    ("\u0e00", "\u0e7f", "th"),
    ("\u10a0", "\u10ff", "ka"),
    ("\u0530", "\u058f", "hy"),
)
"""First and last letter of a script, and the language most written in it, in order of trial."""
