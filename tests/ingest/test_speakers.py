"""Who "he", "Lee" or "the mayor" is: the right person, or nobody."""

from __future__ import annotations

import pytest

from sourcebook.ingest.authority import Authority, Known

from .reading_of import extract_text, said

_HEAD = "A headline stands here\n\n"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # Somebody else has acted since, whether the text tells who they are or not.
        ('“No,” said Anna Ström. Petr Novák rejected that. "It is over," he said.', "he"),
        ('“No,” said Anna Ström. The mayor rejected that. "It is over," he said.', "he"),
        ('“No,” said Anna Ström. Novák left. "It is over," he said.', "he"),
        (
            "Anna Ström said it was late.\n\nA witness said it was dark. She added that it was over.",
            "She",
        ),
        ('Anna Ström smiled. Novák rejected that. "It is over," he said.', "he"),
        # Nobody has, or they have gone on themselves.
        ('“No,” said Anna Ström. Prices rose. "It is over," she said.', "Anna Ström"),
        ('“No,” said Anna Ström. Novák left. Ström wept. "It is over," she said.', "Anna Ström"),
        (
            "Anna Ström met Petr Novák and said it was late.\n\nShe added that it was over.",
            "Anna Ström",
        ),
        # Another gender.
        ("Ms. Anna Ström said it was late. He added that it was over.", "He"),
        ('Anna Ström said it was late. "I left," she said. "It is over," he said.', "he"),
    ],
)
def test_a_pronoun_is_left_open_where_it_is_not_certain(text: str, speaker: str) -> None:
    """ "He" is the last speaker only while no other person can be meant."""
    assert said(_HEAD + text)[-1][0] == speaker


def test_two_persons_of_one_last_name_are_two() -> None:
    """Each full name is its own speaker; the bare last name is nobody's."""
    text = 'John Miller said it was his. Peter Miller said it was not. "He lies," Miller said.'
    assert [speaker for speaker, _ in said(_HEAD + text)] == [
        "John Miller",
        "Peter Miller",
        "Miller",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Senator John Q. Lee said it was late. J. Lee left. Lee said it was over.",
        "Rival John Lee said it was late. Democrat John Lee left. Lee said it was over.",
        "Senator Dmitry Lee said it was late. General Dmitri Lee left. Lee said it was over.",
        "President John Lee said it was late. His wife, Senator Mary Lee, left. Lee said it was over.",
    ],
)
def test_a_bare_last_name_is_that_of_the_one_who_speaks(text: str) -> None:
    """An initial or another spelling makes no second person, and one who is silent is not meant."""
    first, last = said(_HEAD + text)
    assert last[0] in (first[0], "Dmitri Lee", "Democrat John Lee")


def test_a_name_ends_with_its_sentence() -> None:
    """ "said Judge Mary Lee. Lee left": the next sentence begins with the name again."""
    text = '"It was not," said Judge Mary Lee. Lee left.'
    assert said(_HEAD + text) == [("Mary Lee", "It was not")]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # Of another office, or of two who hold it.
        ('Senator Ann Lee said it was late. "It was close," the mayor said.', "the mayor"),
        ("Senator Ann Lee said it was late. The senator said she was sad.", "Ann Lee"),
        ("Ann Lee, who was elected mayor, said it was late. The mayor said no more.", "Ann Lee"),
        (
            "President Ann Lee met President Bo Ray. The president said it was late.",
            "The president",
        ),
        (
            "Russian President Ann Lee met Syrian President Bo Ray. The Syrian president said no more.",
            "Bo Ray",
        ),
        ("Ann Lee, leader of the Green Party, who was there, said it was late.", "Ann Lee"),
        ("Issam al-Bashir, a commander, left. Bashir said it was late.", "Issam al-Bashir"),
    ],
)
def test_an_office_means_the_one_who_holds_it(text: str, speaker: str) -> None:
    """ "The mayor" is a person of whom the text says so, and not whoever spoke last."""
    assert said(_HEAD + text)[-1][0] == speaker


def test_it_is_the_last_body_unless_another_has_acted() -> None:
    """ "Acme said ... Globex sued. It said": which of them is not known."""
    text = "Acme Corporation said it would close.{} It said the patents were stolen."
    assert said(_HEAD + text.format(""))[-1][0] == "Acme Corporation"
    assert said(_HEAD + text.format(" Globex Corporation sued."))[-1][0] == "It"


def test_a_name_that_speaks_by_its_last_word_is_a_person() -> None:
    """Who is named in full once, and quoted by the last name, has the full name."""
    text = (
        "A headline stands here\n\nWhen Samir Nuri came home, he had a kettle.\n\n"
        "“I have the steps counted,” Nuri said.\n"
    )
    assert said(text) == [("Samir Nuri", "I have the steps counted")]


def test_turns_of_a_transcript_are_said_by_their_labels() -> None:
    """Statements behind a label in capitals are its holder's; questions and their "you" are nobody's."""
    text = (
        "Radio One talks to Senator Ann Lee\n\n"
        "PRESENTER: You said last year that it would be built. Will it?\n\n"
        "LEE: I said that it would be built, and it will.\n\n"
        "We have the money for it.\n\n"
        "PRESENTER: The opposition says that it is too late.\n\n"
        "LEE: Is it? It is never too late.\n"
    )
    assert said(text) == [
        ("Ann Lee", "I said that it would be built, and it will."),
        ("The opposition", "it is too late"),
        ("Ann Lee", "Is it? It is never too late."),
    ]
    assert [c.form for c in extract_text(text).claims] == ["direct", "indirect", "direct"]


def test_who_asks_and_who_translates_are_labels_of_a_transcript_too() -> None:
    """A form has a field of that name, but where labels come again they part the turns."""
    text = (
        f"{_HEAD}Interviewer: Who fired on the houses?\n\nColonel: None of us fired on houses.\n\n"
        "Interpreter: They did not fire on houses.\n\nInterviewer: Who was there?\n\n"
        "Colonel: Nobody was there that day.\n\nInterpreter: There was nobody there.\n"
    )
    assert said(text) == [
        ("Colonel", "None of us fired on houses."),
        ("Interpreter", "They did not fire on houses."),
        ("Colonel", "Nobody was there that day."),
        ("Interpreter", "There was nobody there."),
    ]


def test_a_turn_goes_before_what_the_one_above_announces() -> None:
    """ "So tell us:" announces no words of the presenter's: whoever is named next answers."""
    text = (
        "Radio One talks to Senator Ann Lee\n\nPRESENTER: So tell us what you said to them:\n\n"
        "LEE: We have the money for it.\n\nPRESENTER: And will you build it?\n\n"
        "LEE: We shall, as I have told you.\n"
    )
    assert said(text) == [
        ("Ann Lee", "We have the money for it."),
        ("Ann Lee", "We shall, as I have told you."),
    ]


def test_capitals_are_a_last_name_only_in_a_label() -> None:
    """What "UN" says is not said by a person whose name ends so."""
    text = f"{_HEAD}President Kim Jong Un said it was over.\n\nUN said that it was late.\n"
    assert said(text) == [("Kim Jong Un", "it was over"), ("UN", "it was late")]


def test_labels_of_an_article_are_no_turns() -> None:
    """Lines with labels among paragraphs of running text are not what the labels say."""
    paragraph = "Something happened here on that day, and it was the talk of the town.\n\n"
    labelled = "Venue: it is in the old town hall.\n\n" * 2 + "ENTRY: it is free for all of them.\n"
    text = f"A headline stands here\n\n{paragraph * 8}{labelled}"
    assert said(text) == []


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("A Lee adviser said that it was over.", "A Lee adviser"),
        ("Labour’s Jan Moe said that it was over.", "Jan Moe"),
        ("Jan Moe, 45, of Brenn, said that it was over.", "Jan Moe"),
        ("Jan Moe, of Brenn College, a doctor, said that it was over.", "Jan Moe"),
        ("Jan Moe of Brenn University said that it was over.", "Jan Moe"),
        ("A Treasury source said that it was over.", "A Treasury source"),
        ("My grandfather used to say that it was over.", "My grandfather"),
    ],
)
def test_a_speaker_is_named_without_what_stands_around(sentence: str, speaker: str) -> None:
    """Neither the person somebody works for, nor an article, an age or a party is the speaker."""
    text = f"A headline stands here\n\nSenator Ann Lee came home on Friday.\n\n{sentence}\n"
    assert said(text) == [(speaker, "it was over")]


@pytest.mark.parametrize(("name", "speaker"), [("Omar Deeb", "she"), ("Hala Deeb", "Hala Deeb")])
def test_she_is_nobody_whose_given_name_is_a_mans(name: str, speaker: str) -> None:
    """A given name that is a man's keeps him from being "she"."""
    text = f"A headline stands here\n\n{name} said that it was late.\n\n“It is over,” she said.\n"
    assert said(text)[1] == (speaker, "It is over")


def test_a_name_of_women_and_men_may_be_he() -> None:
    """Hilary Benn is a man, and Hilary Mantel was a woman: the name tells nothing."""
    text = f"{_HEAD}Hilary Deeb said that it was late.\n\n“It is over,” he said.\n"
    assert said(text)[1] == ("Hilary Deeb", "It is over")


def test_who_goes_back_over_no_copula() -> None:
    """ "Acme is a company that says": the company, of which "Acme" is told to be one."""
    text = "The Acme Council is a body that says it has no money.\n"
    assert said(_HEAD + text) == [(None, "it has no money")]


def test_what_one_was_asked_or_told_is_not_what_one_said() -> None:
    """Who asked or told does not show, and the one asked is not the speaker."""
    text = (
        "A headline stands here\n\nAnn Lee was asked whether it was over.\n\n"
        "Ann Lee was told that it was over. Asked if it was, Ann Lee laughed.\n"
    )
    assert said(text) == []


INTERVIEW = (
    "A bridge for the valley\n\n{opening}\n\nQ: When will it be open again?\n\n"
    "A: We will build it by the end of the year.\n\nQ: They say that it is too late.\n\n"
    "A: It is never too late for a bridge.\n"
)


@pytest.mark.parametrize(
    ("opening", "speaker"),
    [
        ("The Herald spoke to Mayor Ruth Moe about the flood.", "Ruth Moe"),
        ("An interview with the mayor of Osk, Ruth Moe.", "Ruth Moe"),
        ("An interview with the mayor of New York, Ruth Moe.", "Ruth Moe"),
        ("The Herald spoke to Ruth Moe, and talked to Bo Ray.", None),
        ("An interview with Dr. Ruth Moe. Read on below.", "Ruth Moe"),
        ("An interview with Ruth Moe and Bo Ray.", None),
        ("In an interview with Ruth Moe, Mayor Bo Ray was asked about the flood.", None),
        ("Mayor Bo Ray spoke to Ruth Moe on Sunday.", None),
        ("The Mayor spoke to Ruth Moe on Sunday.", None),
        ("Mayor Bo Ray was interviewed by Ruth Moe.", None),
        ("The Herald spoke to the wife of Bo Ray.", None),
        ("This is about the flood of the year before.", None),
    ],
)
def test_an_answer_is_that_of_the_one_who_is_asked(opening: str, speaker: str | None) -> None:
    """ "A:" is nobody's name: its words are those of the one to whom the text says that it speaks."""
    assert [found for found in said(INTERVIEW.format(opening=opening)) if found[0] != "They"] == [
        (speaker, "We will build it by the end of the year."),
        (speaker, "It is never too late for a bridge."),
    ]


def test_an_answer_is_not_that_of_the_one_who_was_asked_before() -> None:
    """Another interview below begins with another name."""
    text = INTERVIEW.format(opening="An interview with Ruth Moe.") + INTERVIEW.format(
        opening="An interview with Bo Ray."
    )
    answers = [speaker for speaker, words in said(text) if words.endswith(".")]
    assert answers == ["Ruth Moe", "Ruth Moe", None, None]


def test_who_mostly_asks_makes_no_statements() -> None:
    """A newspaper that asks is no speaker, where it does not end with a question mark either."""
    text = (
        "« Nous n’avons rien caché »\n\nEntretien avec la ministre de la santé, Claire Bois.\n\n"
        "LE MONDE : Pourquoi avoir attendu ?\n\nMme Bois : Nous n’avons pas attendu du tout.\n\n"
        "LE MONDE : Les syndicats vous accusent de mentir.\n\n"
        "Mme Bois : Les syndicats font leur travail.\n\nLE MONDE : Et vous ?\n"
    )
    assert said(text) == [
        ("Claire Bois", "Nous n’avons pas attendu du tout."),
        ("Claire Bois", "Les syndicats font leur travail."),
    ]


def test_turns_of_a_council_have_titles_and_notes_in_brackets() -> None:
    """A label with a title is one where it stands once, a country and a language behind it."""
    text = (
        "Record of a meeting of the council\n\nThe meeting was called to order at noon.\n\n"
        "The President (spoke in Spanish): I now give the floor to Mr. Moe.\n\n"
        "Mr. Moe (Norway) (spoke in French): We have heard that before.\n\n"
        "It goes on without a label, and is long enough to be a paragraph of its own.\n\n"
        "Mr. Ray (Malta): That is not true at all.\n\n"
        "The President (spoke in Spanish): The meeting is over for today.\n"
    )
    assert [(c.speaker, c.cue, c.quote) for c in extract_text(text).claims] == [
        ("The President", ":", "I now give the floor to Mr. Moe."),
        ("Moe", ":", "We have heard that before."),
        ("Ray", ":", "That is not true at all."),
        ("The President", ":", "The meeting is over for today."),
    ]


def test_a_label_names_its_holder_in_brackets() -> None:
    """ "The Minister (Ann Lee)" is Ann Lee, who has labels of her own."""
    text = (
        "The bill is read\n\nThe Minister for Water (Ann Lee): I have read the bill.\n\n"
        "Bo Ray: The bill is not worth the paper.\n\nAnn Lee: He has not read the bill.\n\n"
        "Bo Ray: I have read all of it.\n"
    )
    assert [speaker for speaker, _ in said(text)] == ["Ann Lee", "Bo Ray", "Ann Lee", "Bo Ray"]


def test_messages_of_a_chat_are_said_by_who_sent_them() -> None:
    """The time stands before the sender; what is no message, or no more, is nobody's."""
    text = (
        "12/03/2021, 14:05 - Messages are end-to-end encrypted.\n"
        "12/03/2021, 14:07 - Karim: Is there anyone at the gate\n"
        "12/03/2021, 14:08 - Lena Berg: I am here with two vans\n"
        "12/03/2021, 14:08 - Lena Berg: <Media omitted>\n"
        "12/03/2021, 14:11 - +44 7700 900123: They told us there is no deal\n"
        "12/03/2021, 14:15 - Karim: This message was deleted\n"
    )
    assert said(text) == [
        ("Karim", "Is there anyone at the gate"),
        ("Lena Berg", "I am here with two vans"),
        ("+44 7700 900123", "They told us there is no deal"),
    ]


def test_who_is_spoken_of_in_a_turn_is_not_who_speaks() -> None:
    """ "COL. LEE: The governor should ..." does not say that Colonel Lee is the governor."""
    text = (
        "A briefing was held\n\nCOL. LEE: No unit of ours was there.\n\n"
        "QUESTION: The governor says the rockets were sold.\n\n"
        "COL. LEE: The governor should present her evidence.\n\nQUESTION: Was it late?\n"
    )
    known = Authority(actors=(Known("ann-lee", "Ann Lee", ("Ann Lee", "COL. LEE"), "person"),))
    claims = extract_text(text, known).claims
    assert [claim.by for claim in claims] == [("ann-lee",), (), ("ann-lee",)]


def test_labels_in_one_paragraph_are_nobodys() -> None:
    """Where line ends do not part the turns, the first has not said them all."""
    line = "MINISTER LEE: We have the money for the bridge and it will be built this year.\n"
    other = "SENATOR RAY: There is no money for the bridge, and nobody has built one for it.\n"
    text = f"Two speak about a bridge\n\n{(line + other) * 4}"
    assert all(len(quote) < 80 for _, quote in said(text))


def test_a_name_in_capitals_is_written_as_names_are() -> None:
    """ "ANNA HOLM:" is Anna Holm, whom the text may call Holm elsewhere; a body keeps its capitals."""
    text = (
        "Two ministers met\n\nANNA HOLM: The treaty is a mistake.\n\n"
        "ROAD COUNCIL: It has kept the peace for long.\n\nANNA HOLM: It was broken.\n\n"
        "ROAD COUNCIL: That is not true, as she knows.\n\nHolm told them that it was late.\n"
    )
    assert [(c.speaker, c.actors) for c in extract_text(text).claims] == [
        ("Anna Holm", ("Anna Holm",)),
        ("ROAD COUNCIL", ()),
        ("ROAD COUNCIL", ()),
        ("Anna Holm", ("Anna Holm",)),
    ]


def test_a_pull_quote_is_not_the_one_s_who_spoke_above_it() -> None:
    """Words set large in a paragraph of their own were said where they stand in the running text."""
    text = (
        "Rocket hits market\n\n“We counted them,” said Dr Anna Ström. “Half of them are children.”\n\n"
        "“None was ours,” Colonel Petr Novák told reporters.\n\n“Half of them are children.”\n"
    )
    assert said(text) == [
        ("Anna Ström", "We counted them Half of them are children."),
        ("Petr Novák", "None was ours"),
    ]
