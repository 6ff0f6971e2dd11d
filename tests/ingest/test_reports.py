"""Claims of texts in other languages than English: the claims of ``extract``."""

from __future__ import annotations

import pytest

from .reading_of import extract_text, said

FRENCH = (
    "Le pont est dans un état qui est jugé mauvais par les ingénieurs et les élus de la ville.\n\n"
)
ARABIC = "الجسر في حالة سيئة من وجهة نظر المهندسين في المدينة التي تقع على النهر منذ هذا العام.\n\n"


@pytest.mark.parametrize(
    ("sentence", "speaker", "quote"),
    [
        (
            "« Nous n’avons pas le choix », a déclaré mardi le maire, Paul Noir, lors d’une visite.",
            "Paul Noir",
            "Nous n’avons pas le choix",
        ),
        ("« Nous ne savons pas », a déclaré à l’AFP un témoin.", "un témoin", "Nous ne savons pas"),
        ("« Rien ne va plus », a-t-elle ajouté.", "elle", "Rien ne va plus"),
        ("Le ministre, Luc Roux, a affirmé que l’État paierait.", "Luc Roux", "l’État paierait"),
        (
            "Pour sa part, le ministre, Luc Roux, a annoncé, lundi 10 mai, que l’État paierait.",
            "Luc Roux",
            "l’État paierait",
        ),
        ("Puis Luc Roux a affirmé que l’État paierait.", "Luc Roux", "l’État paierait"),
        ("Mardi Luc Roux a affirmé que l’État paierait.", "Luc Roux", "l’État paierait"),
        ("« Je paierai moi-même », a ajouté M. Roux.", "M. Roux", "Je paierai moi-même"),
        ("Luc Roux (UDP) a estimé que l’État paierait.", "Luc Roux", "l’État paierait"),
        ("Luc Roux a répondu : « Je paierai moi-même. »", "Luc Roux", "Je paierai moi-même."),
        ("Le pont sera fermé lundi, a annoncé la mairie.", "la mairie", "Le pont sera fermé lundi"),
        (
            "Selon Claire Bois, ingénieure des ponts, les travaux coûteront cher.",
            "Claire Bois",
            "les travaux coûteront cher",
        ),
        (
            "Les travaux coûteront cher, d’après Claire Bois.",
            "Claire Bois",
            "Les travaux coûteront cher",
        ),
    ],
)
def test_french(sentence: str, speaker: str, quote: str) -> None:
    """A common verb or "selon" with its speaker, on either side of what was said."""
    assert said(f"{FRENCH}{sentence}\n") == [(speaker, quote)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Luc Roux n’a pas dit que le pont serait fermé.",
        "Luc Roux aurait déclaré que le pont serait fermé.",
        "Si Luc Roux dit que le pont est fermé, il le sera.",
        "Il n’est pas vrai que Luc Roux a dit que le pont était fermé.",
        "Qui a dit que le pont était fermé ?",
        "Luc Roux a-t-il dit que le pont était fermé ?",
        "On dit que le pont est fermé.",
        "Puis on a dit que le pont était fermé.",
        "Il a été dit que le pont était fermé.",
        "Luc Roux a nié avoir dit que le pont était fermé.",
        "Selon les règles en vigueur, le pont doit être fermé.",
        "Ce film, qui dit que tout est perdu, est de 1999.",
    ],
)
def test_what_nobody_is_told_to_have_said_in_french(sentence: str) -> None:
    """What is denied, supposed, asked or only rumoured is no claim, nor is what rules demand."""
    assert said(f"{FRENCH}{sentence}\n") == []


def test_a_line_may_end_in_what_was_said() -> None:
    """In a text with lines of one width a claim goes on in the next."""
    text = (
        "Le pont est dans un état qui est jugé mauvais par les ingénieurs et les élus de\n"
        "la ville, et il a été fermé une première fois dans le courant de cette année qui\n"
        "est la plus froide depuis longtemps dans la région et dans les pays voisins.\n"
        "Le ministre de la région, Luc Roux, a affirmé que l’État paierait les travaux du\n"
        "pont et de la route.\n"
    )
    assert said(text) == [("Luc Roux", "l’État paierait les travaux du\npont et de la route")]


def test_a_french_quotation_goes_on_in_the_next_sentence() -> None:
    """A sentence that is a quotation alone is of who spoke before it."""
    text = (
        f"{FRENCH}« Tout est perdu », raconte Amal Noir, 34 ans. « Mes enfants dorment dehors. »\n"
    )
    (claim,) = extract_text(text).claims
    assert (claim.speaker, claim.form) == ("Amal Noir", "direct")
    assert claim.quote == "Tout est perdu Mes enfants dorment dehors."


@pytest.mark.parametrize(
    ("sentence", "speaker", "quote"),
    [
        (
            "أعلن رئيس البلدية أن الجسر سيغلق يوم الاثنين.",
            "رئيس البلدية",
            "الجسر سيغلق يوم الاثنين",
        ),
        (
            "قال الخطيب إن الجسر سيغلق غدا، مشددا على «ضرورة العمل».",
            "الخطيب",
            "الجسر سيغلق غدا، مشددا على «ضرورة العمل»",
        ),
        (
            "ونقلت وكالة رويترز عن مصدر دبلوماسي قوله إن الاجتماع لم يسفر عن نتائج.",
            "مصدر دبلوماسي",
            "الاجتماع لم يسفر عن نتائج",
        ),
        ("وقال الخطيب في مؤتمر صحفي: «ليس لدينا خيار آخر».", "الخطيب", "ليس لدينا خيار آخر"),
        ("وقال مصدر عسكري لوكالة سانا إن الجسر سيغلق غدا.", "مصدر عسكري", "الجسر سيغلق غدا"),
        ("وبحسب المرصد السوري، فإن عدد القتلى بلغ عشرين.", "المرصد السوري", "عدد القتلى بلغ عشرين"),
    ],
)
def test_arabic(sentence: str, speaker: str, quote: str) -> None:
    """A common verb or "according to" with its speaker; "and" is written as one with the verb."""
    assert said(f"{ARABIC}{sentence}\n") == [(speaker, quote)]


@pytest.mark.parametrize(
    "sentence",
    [
        "وإذا قال الوزير إن الهدنة انتهت فلن يصدقه أحد.",
        "هل قال الوزير إن الهدنة انتهت؟",
        "ولم يقل الوزير متى سيعاد فتح الجسر.",
    ],
)
def test_what_nobody_is_told_to_have_said_in_arabic(sentence: str) -> None:
    """What is supposed, asked or denied is no claim."""
    assert said(f"{ARABIC}{sentence}\n") == []


def test_an_arabic_verb_without_a_subject_has_that_of_the_one_before() -> None:
    """ "And added that" is said by who spoke before."""
    text = f"{ARABIC}قال الوزير إن الجسر سيغلق غدا. وأضاف أن العمل سيبدأ قريبا.\n"
    assert said(text) == [("الوزير", "الجسر سيغلق غدا"), ("الوزير", "العمل سيبدأ قريبا")]


def test_languages_without_patterns_give_no_claims() -> None:
    """Nothing is guessed in a language that the program does not read, nor is a quotation nobody's."""
    text = "Der Minister sagte, dass die Gespräche in der Stadt für alle von Nutzen sind und das ist gut.\n"
    assert (
        said(f"{text}\nWir haben das nicht gewollt und wir werden es nicht tun.”\n\n{text}") == []
    )


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # Who acted last, by whatever the text names them.
        ("Le maire, Luc Roux, est venu. Il a dit que le pont serait fermé.", "Luc Roux"),
        ("Luc Roux est venu. « Le pont sera fermé », a-t-il lancé.", "Luc Roux"),
        (
            "Devant le pont, le chef du syndicat, Luc Roux, a parlé. Il a dit que c’était fini.",
            "Luc Roux",
        ),
        ("Luc Roux a dit non. Selon lui, les travaux coûteront cher.", "Luc Roux"),
        ("Le ministre a vu Claire Bois. Il a dit que c’était fini.", "Le ministre"),
        (
            "Luc Roux a dit que c’était tard. Les prix montent. Il a ajouté que c’était fini.",
            "Luc Roux",
        ),
        (
            "Claire Bois a dit que c’était tard. Le pont est fermé. Elle a ajouté que c’était fini.",
            "Claire Bois",
        ),
        ("Luc Roux a dit non.\n\n« C’est fini », a-t-il ajouté.", "Luc Roux"),
        # Somebody else has acted, or something of the same gender.
        ("Luc Roux a dit que c’était tard. Novák est parti. Il a ajouté que c’était fini.", "Il"),
        (
            "Luc Roux a dit que c’était tard. Le rapport est sévère. Il a ajouté que c’était fini.",
            "Il",
        ),
        ("Luc Roux a vu Paul Noir. Ce dernier a dit que c’était fini.", "Ce dernier"),
        ("Luc Roux a dit que c’était tard. Elle a ajouté que c’était fini.", "Elle"),
        ("Luc Roux a dit non. Claire Bois a vu Paul Noir. Il a ajouté que c’était fini.", "Il"),
        ("Luc Roux a dit non. Claire Bois est partie avec M. Noir. Selon lui, c’est tard.", "lui"),
        (
            "Luc Roux a dit que c’était tard. Claire Bois a dit que Paul Noir viendrait."
            " Il a ajouté que c’était fini.",
            "Il",
        ),
        ("Luc Roux et Paul Noir ont dit que c’était tard. Il a ajouté que c’était fini.", "Il"),
        ("Luc Roux a dit non.\n\nLe pont est fermé depuis.\n\nIl a ajouté que c’était fini.", "Il"),
        ("La mairie de Luc Roux a été fermée. Il a dit que c’était fini.", "Il"),
    ],
)
def test_il_is_who_acted_last(text: str, speaker: str) -> None:
    """A French pronoun means the last who acted, of its gender, and nobody where that is not certain."""
    assert said(f"{FRENCH}{text}\n")[-1][0] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("وقالت ليلى منصور إن البنك لن يدفع. وأوضحت أن المال لا يكفي.", "ليلى منصور"),
        ("وقال سامي حداد إن الجسر سيغلق.\n\nوأضاف: «لن ننتظر أكثر من ذلك».", "سامي حداد"),
        # Another gender, or somebody else has acted.
        ("وقالت ليلى منصور إن البنك لن يدفع. وأوضح أن المال لا يكفي.", None),
        ("وقالت ليلى منصور إن البنك لن يدفع. وتابع: «لن ننتظر أكثر من ذلك».", None),
        ("وقال سامي حداد إن الجسر سيغلق. وزار الوزير فيصل سعد المدينة. وقال إن العمل بدأ.", None),
    ],
)
def test_an_arabic_verb_is_its_last_speakers(text: str, speaker: str | None) -> None:
    """Its gender must be theirs, and no sentence of another stand between."""
    assert said(f"{ARABIC}{text}\n")[-1][0] == speaker


def test_to_whom_an_arabic_speaker_speaks_is_no_part_of_the_name() -> None:
    """ "Told the journalists that" ends the name."""
    text = f"{ARABIC}وصرح النائب كريم سعد للصحفيين بأن البرلمان سيناقش الخطة.\n"
    assert said(text) == [("النائب كريم سعد", "البرلمان سيناقش الخطة")]
