"""Which words a text attributes to whom: the claims of ``extract``."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.ingest.authority import Authority, Known

from .reading_of import extract_text, only_claim, said


@pytest.mark.parametrize(
    ("sentence", "speaker", "quote"),
    [
        # The content follows the cue.
        ("Ann Lee said that the vote was lost.", "Ann Lee", "the vote was lost"),
        ("Ann Lee said the vote was lost.", "Ann Lee", "the vote was lost"),
        ("Ann Lee said there was no vote.", "Ann Lee", "there was no vote"),
        ("Too late, Ann Lee said, the vote was lost.", "Ann Lee", "Too late the vote was lost"),
        ("The UN's coordinator, Ali al-Lee, said it was lost.", "Ali al-Lee", "it was lost"),
        ("The mayor, Jan Lee, said that it was lost.", "Jan Lee", "it was lost"),
        ("[1] According to Ann Lee, the vote was lost.", "Ann Lee", "the vote was lost"),
        (
            "Ann Lee\u00a0said \u200bthe vote was lo\u00adst.\u200b",
            "Ann Lee",
            "the vote was lo\u00adst",
        ),
        ("Ann Lee said on Monday that the vote was lost.", "Ann Lee", "the vote was lost"),
        ("Ann Lee told reporters in Paris that it was lost.", "Ann Lee", "it was lost"),
        ("Ann Lee has denied accusations of fraud.", "Ann Lee", "accusations of fraud"),
        ("Ann Lee vowed to fight on to the end.", "Ann Lee", "to fight on to the end"),
        ("Ann Lee warned the ministry three times about cracks in it.", "Ann Lee", "cracks in it"),
        ("Ann Lee told a crowd of thousands it was lost.", "Ann Lee", "it was lost"),
        ("The mayor of Osk, New York, said that it was lost.", "The mayor of Osk", "it was lost"),
        ("The mayor of Osk, France, said that it was lost.", "The mayor of Osk", "it was lost"),
        ("Ann Lee warned of another long winter.", "Ann Lee", "another long winter"),
        ("Ann Lee asked whether anybody had seen it.", "Ann Lee", "whether anybody had seen it"),
        ('Ann Lee said: "We have lost the vote."', "Ann Lee", "We have lost the vote."),
        (
            "A new poll shows voters are tired of it all.",
            "A new poll",
            "voters are tired of it all",
        ),
        (
            "Ann Lee, a senator, said the rise of prices was over.",
            "Ann Lee",
            "the rise of prices was over",
        ),
        (
            "His successor, Ann Lee, said the rise of prices was over.",
            "Ann Lee",
            "the rise of prices was over",
        ),
        ("OSLO, March 3 — The vote was lost, Ann Lee said.", "Ann Lee", "The vote was lost"),
        ("NATO — an alliance — said the vote was lost.", "NATO", "the vote was lost"),
        (
            "A lawyer for Ann Lee said the vote was lost.",
            "A lawyer for Ann Lee",
            "the vote was lost",
        ),
        (
            '"We lost," said Ann Lee, who was there, "and it is over."',
            "Ann Lee",
            "We lost and it is over.",
        ),
        ("Nearly 47% say they are tired of it all.", "Nearly 47%", "they are tired of it all"),
        (
            "The plane was insured in 2011, records show.",
            "records",
            "The plane was insured in 2011",
        ),
        # The content stands before it, or around it.
        ('"We have lost the vote," Ann Lee said.', "Ann Lee", "We have lost the vote"),
        ('"We have lost the vote," said Ann Lee, a senator.', "Ann Lee", "We have lost the vote"),
        ("The vote was lost, Ann Lee said on Monday.", "Ann Lee", "The vote was lost"),
        ("The vote, Ann Lee said, would be lost.", "Ann Lee", "The vote would be lost"),
        ('"We lost," Ann Lee said. "It is over."', "Ann Lee", "We lost It is over."),
        ('"We lost," said Ann Lee, "and it is over."', "Ann Lee", "We lost and it is over."),
        # "According to".
        ("According to Ann Lee, the vote was lost.", "Ann Lee", "the vote was lost"),
        ("The vote was lost, according to Ann Lee.", "Ann Lee", "The vote was lost"),
        ("According to Ann Lee, an expert in Paris, it was lost.", "Ann Lee", "it was lost"),
        ("It was lost, according to mayor Jan Lee.", "Jan Lee", "It was lost"),
        ("It was lost, according to Theresa May.", "Theresa May", "It was lost"),
        ("Theresa May said it was lost.", "Theresa May", "it was lost"),
        ("Mrs May says it was lost.", "Mrs May", "it was lost"),
        ("MOSCOW (Sputnik) — It was lost, according to Ann Lee.", "Ann Lee", "It was lost"),
        # A fragment in marks inside a clause.
        ("Ann Lee told reporters it was “painful” for all.", "Ann Lee", "it was “painful” for all"),
        # Where indirect speech ends.
        (
            "Ann Lee said the vote was lost, but she did not sound sad.",
            "Ann Lee",
            "the vote was lost",
        ),
        # Quotation marks of other kinds, and lost ones.
        ("''We have lost it,'' Ann Lee said.", "Ann Lee", "We have lost it"),
        ("‘We have lost the vote,’ Ann Lee said.", "Ann Lee", "We have lost the vote"),
        ("We did not cancel anything,” Ann Lee said.", "Ann Lee", "We did not cancel anything"),
        # Unusual verbs beside a whole quotation.
        ('"We won, all of us!" Ann Lee beamed.', "Ann Lee", "We won, all of us!"),
        ("“Nobody asked us about it.” ― Ann Lee", "Ann Lee", "Nobody asked us about it."),
    ],
)
def test_one_claim(sentence: str, speaker: str, quote: str) -> None:
    """Direct, indirect and mixed speech, with the cue before, behind or in the middle."""
    text = f"A headline stands here\n\n{sentence}\n"
    assert said(text) == [(speaker, quote)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The claim was never tested, and the report says little.",
        "He lost his reputation as a “tough guy” in the war.",
        "It was the proposed answer to the known question of that year.",
        "The town of Reading has a rule against it.",
        "Earlier, Reuters reported.",
    ],
)
def test_no_claim(sentence: str) -> None:
    """Nouns that look like verbs, scare quotes and descriptions are nobody's statements."""
    assert said(f"A headline stands here\n\n{sentence}\n") == []


def test_second_verb_is_a_claim_of_its_own() -> None:
    """A participle or a second verb ends the first claim and has the same speaker."""
    text = "A headline stands here\n\nAnn Lee said it was late, adding that nobody had come.\n"
    assert said(text) == [("Ann Lee", "it was late"), ("Ann Lee", "nobody had come")]


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        (
            "Ann Lee said it was “a shame,” adding: “We shall fight.”",
            [("Ann Lee", "it was “a shame,”"), ("Ann Lee", "We shall fight.")],
        ),
        (
            "Ann Lee said that it was late, and Bob Ray warned that nobody had come.",
            [("Ann Lee", "it was late"), ("Bob Ray", "nobody had come")],
        ),
        (
            "The vote was lost, Ann Lee reported on Thursday, citing two diplomats.",
            [("Ann Lee", "The vote was lost")],
        ),
        ("Ann Lee told the BBC the vote was lost.", [("Ann Lee", "the vote was lost")]),
        ("“It is over,” the envoy, Ann Lee, told Bob Ray.", [("Ann Lee", "It is over")]),
        ("Ann Lee, who asked not to be named, left.", []),
        (
            "The report, published on Tuesday by Osk, says six men stood there.",
            [("The report", "six men stood there")],
        ),
        (
            "Three died, wounded by shrapnel, said Ann Lee.",
            [("Ann Lee", "Three died, wounded by shrapnel")],
        ),
        (
            "Prices rose, followed on Tuesday by wages, said senior bankers.",
            [("senior bankers", "Prices rose, followed on Tuesday by wages")],
        ),
        (
            "The bridge, destroyed on Sunday, said the mayor, was old.",
            [("the mayor", "The bridge, destroyed on Sunday was old")],
        ),
        ("The general, promoted on Monday, confirmed the report.", [("The general", "the report")]),
        (
            "Ann Lee said no to it all. “Ask Bob,” he said.",
            [("Ann Lee", "no to it all"), ("he", "Ask Bob")],
        ),
        ("Asked about it, Ann Lee said no. “Ask Bob,” he said.", [("he", "Ask Bob")]),
        (
            "Ann Lee said that he was ill. “Ask Bob,” he said.",
            [("Ann Lee", "he was ill"), ("he", "Ask Bob")],
        ),
        ("Doctors Without Borders says it was late.", [("Doctors Without Borders", "it was late")]),
        (
            "“It was late,” said Doctors Without Borders.",
            [("Doctors Without Borders", "It was late")],
        ),
        (
            "A trader who asked not to be named said that it was late.",
            [("A trader", "it was late")],
        ),
        (
            "Ann Lee asked to be named to the board of the bank.",
            [("Ann Lee", "to be named to the board of the bank")],
        ),
        (
            "Resolution No. S/2254 was old, Ann Lee said.",
            [("Ann Lee", "Resolution No. S/2254 was old")],
        ),
        (
            "Ann Lee said that was “a shame for us all”.",
            [("Ann Lee", "that was “a shame for us all”")],
        ),
        ("Claim: Ann Lee said that it was late.", []),
        ("The post quotes Ann Lee as saying: “It is over.”", [("Ann Lee", "It is over.")]),
        ("Neither Bob Ray nor Ann Lee said that it was late.", []),
        ("Has Ann Lee told them that it was late?", []),
    ],
)
def test_each_statement_has_its_own_bounds(
    sentence: str, claims: list[tuple[str | None, str]]
) -> None:
    """What another verb, speaker, day or source begins is no more of the statement before it."""
    assert said(f"A headline stands here\n\n{sentence}\n") == claims


def test_form_is_told_from_quotation_marks() -> None:
    """Direct speech is within marks, indirect without, mixed partly."""
    text = (
        "A headline stands here\n\n"
        "“We have lost the vote,” Ann Lee said. Bob Ray said that it was “a shame” for all.\n\n"
        "Cy Moe said that it was late.\n"
    )
    assert [c.form for c in extract_text(text).claims] == ["direct", "mixed", "indirect"]


def test_pronouns_go_back_to_the_last_speaker() -> None:
    """ "He" is who spoke before; the mention stays where the text has it."""
    text = (
        "A headline stands here\n\nSenator Bob Ray said the vote was lost.\n\n"
        "“It is over,” he said.\n"
    )
    claim = extract_text(text).claims[1]
    assert claim.speaker == "Bob Ray"
    assert claim.mention is not None
    assert text[slice(*claim.mention)] == "he"


def test_roles_go_back_to_who_holds_them() -> None:
    """ "The envoy" is the envoy named before, not the nearest name."""
    text = (
        "A headline stands here\n\nUN envoy Bob Ray met Senator Ann Lee on Monday.\n\n"
        "“It is over,” the envoy said.\n"
    )
    assert said(text) == [("Bob Ray", "It is over")]


def test_unnamed_sources_stay_unnamed() -> None:
    """A diplomat without a name is not taken for the diplomat of the paragraph before."""
    text = (
        "A headline stands here\n\nForeign Minister Bob Ray left on Monday.\n\n"
        "“It is over,” said one western diplomat.\n"
    )
    claim = only_claim(text)
    assert (claim.speaker, claim.by, claim.unnamed) == ("one western diplomat", (), True)


@pytest.mark.parametrize(
    ("sentence", "mention", "by"),
    [
        ("Russia and Iran said that it was late.", "Russia and Iran", ("russia", "iran")),
        ("Ann Lee and Iran said that it was late.", "Ann Lee and Iran", ("ann-lee", "iran")),
        ("“It is late,” said Lee and Ray.", "Lee and Ray", ("ann-lee", "bo-ray")),
        (
            "Ann Lee and her deputy, Bo Ray, said that it was late.",
            "Ann Lee and her deputy, Bo Ray",
            ("ann-lee", "bo-ray"),
        ),
        (
            "The mayor, Ann Lee, and the judge, Bo Ray, said that it was late.",
            "Ann Lee, and the judge, Bo Ray",
            ("ann-lee", "bo-ray"),
        ),
        # One of them is not known: nobody is named rather than half of them.
        ("Russia, Iran and Turkey said that it was late.", "Russia, Iran and Turkey", ()),
        # Of two that are named, one speaks, or neither does.
        ("Ann Lee and a friend of Bo Ray said that it was late.", None, ("ann-lee",)),
        ("The lawyer of Ann Lee and Bo Ray said that it was late.", None, ()),
        ("A lawyer for Ann Lee and Bo Ray said that it was late.", None, ()),
        ("A group of friends of Ann Lee and Bo Ray said that it was late.", None, ()),
        ("Allies of Russia and Iran said that it was late.", None, ()),
        ("Officials from Russia and Iran said that it was late.", None, ()),
        ("An expert on Russia and Iran said that it was late.", None, ()),
        ("A report on Iran said that it was late.", None, ()),
        ("The mayor met with Ann Lee and Bo Ray said that it was late.", None, ("bo-ray",)),
    ],
)
def test_several_speakers(sentence: str, mention: str | None, by: tuple[str, ...]) -> None:
    """Those who speak together are all named; only their names joined by "and" are such."""
    known = Authority(
        actors=(
            Known("russia", "Russia", (), "state"),
            Known("iran", "Iran", (), "state"),
            Known("ann-lee", "Ann Lee", (), "person"),
            Known("bo-ray", "Bo Ray", (), "person"),
        )
    )
    text = f"A headline stands here\n\nMayor Ann Lee met Bo Ray.\n\n{sentence}\n"
    claim = only_claim(text, known)
    assert claim.by == by
    if mention is not None:
        assert claim.mention is not None
        assert text[slice(*claim.mention)] == mention


def test_they_are_those_who_spoke_together() -> None:
    """ "They" behind two who spoke in the same paragraph means both, and "she" neither."""
    text = (
        "A headline stands here\n\nMayor Ann Lee and Senator Eve Ray said that it was late. "
        "They said it was over. She said no more.\n"
    )
    found = [(c.speaker, c.actors) for c in extract_text(text).claims]
    assert found[1:] == [("They", ("Ann Lee", "Eve Ray")), ("She", ())]


def test_pointers_to_other_pages_do_not_change_who_speaks() -> None:
    """A "read more" line between two paragraphs names others, and "he" is still the speaker."""
    text = (
        "A headline stands here\n\nSenator Bob Ray said the vote was lost.\n\n"
        "READ MORE: Minister Ann Lee warns of war\n\n“It is over,” he added.\n"
    )
    assert extract_text(text).claims[-1].speaker == "Bob Ray"


def test_block_quotation_belongs_to_who_announced_it() -> None:
    """Paragraphs after "said:" are one direct claim of that speaker."""
    text = (
        "A headline stands here\n\nSpokesman Bob Ray said on Thursday:\n\n"
        "Our partners did not ask us. It is their decision.\n\n"
        "I’m sure that nobody wants it worse.\n\n"
        "The ministry was silent on Friday after that.\n"
    )
    claim = only_claim(text)
    assert (claim.speaker, claim.form, claim.where) == ("Bob Ray", "direct", "quotation")
    assert claim.quote.startswith("Our partners")
    assert claim.quote.endswith("nobody wants it worse.")


@pytest.mark.parametrize(
    ("heading", "speaker", "quote"),
    [
        ("Lee: The Vote Can Still Be Won", "Lee", "The Vote Can Still Be Won"),
        ("Cooperation could still help us all – Lee", "Lee", "Cooperation could still help us all"),
        ("Lee — “Go and Blame the Others” for the Loss", "Lee", "Go and Blame the Others"),
        ("Rebels Claim 35 Soldiers Killed, But Gains Are Huge", "Rebels", "35 Soldiers Killed"),
        ("See also Syria Daily: Lee — “They Want It All”", "Lee", "They Want It All"),
        ("Lee: WE SHALL NOT LEAVE – NOT TODAY", "Lee", "WE SHALL NOT LEAVE – NOT TODAY"),
        ("LEE – WE SHALL STAY – AND BE HEARD", "LEE", "WE SHALL STAY – AND BE HEARD"),
    ],
)
def test_headings(heading: str, speaker: str, quote: str) -> None:
    """A colon, a dash or a verb in capitals parts speaker and statement of a headline."""
    text = f"A headline stands here\n\nSomething was done here.\n\n{heading}\n\nMore was done.\n"
    assert said(text) == [(speaker, quote)]


@pytest.mark.parametrize(
    "line",
    [
        "Name: withheld (code W-3)",
        "Interviewer: Jana Berg, Rights Watch",
        "Signé : Dr S. Qabbani",
        "De : Anne Dupont, directrice",
        "RADIO OSK – NEWS BULLETIN – 11 March 2024, 1300",
        "Rights Watch — World Report 2024",
    ],
)
def test_a_line_of_a_form_or_of_a_masthead_is_nobodys_words(line: str) -> None:
    """What a colon or a dash parts there are a field and its value, a publisher and its title."""
    assert said(f"A headline stands here\n\n{line}\n\nShe was there all day.\n") == []


def test_a_name_ends_with_its_paragraph() -> None:
    """The first word of the line below is no part of it, and words in marks are the claim."""
    text = (
        "Were they there?\n\nClaim: “None was there.” — Colonel Petr Novák\nVerdict: Misleading\n"
        "He was there all the time, and saw each one of them arrive.\n"
    )
    assert said(text) == [("Petr Novák", "None was there")]


def test_a_headline_in_marks_is_not_said_by_who_spoke_last() -> None:
    """Words in marks alone on a line, of which nobody is told to have said them, are no claim."""
    text = (
        "Mayor Ann Lee said that it was late.\n\n'We heard nothing'\n\nIt was dark in the town.\n"
    )
    assert said(f"A headline stands here\n\n{text}") == [("Ann Lee", "it was late")]


def test_claims_are_read_in_english_only() -> None:
    """In a text of another language nothing is guessed."""
    text = (
        "Le ministre a dit que les pourparlers dans la capitale ont été utiles pour tous.\n\n"
        "“C’est fini pour nous,” Ann Lee said.\n\nIl est parti avec son parti dans la nuit.\n"
    )
    assert extract_text(text).lang == "fr"
    assert said(text) == []


def test_a_quotation_below_said_has_its_speaker_and_cue() -> None:
    """A paragraph in quotation marks after "said:" is announced like one without them."""
    text = (
        "A headline stands here\n\nSenator Bob Ray met Ann Lee, a judge. Lee said on Friday:\n\n"
        "“We have lost the vote, and it is over.”\n"
    )
    claim = only_claim(text)
    assert (claim.speaker, claim.cue) == ("Ann Lee", "said")


def test_lists_of_names_are_no_statements() -> None:
    """ "Name – country" in a list is an entry, not what the country says."""
    names = "Ada Bee – France\nCy Dee – Spain\nEd Eff – Italy\nGo Aitch – Malta\n"
    assert said(f"A headline stands here\n\nThese were the members of it.\n\n{names}") == []


@pytest.mark.parametrize("text", ["'', '' said Ann Lee.", "“” said Ann Lee.", "She said:\n\n> “”"])
def test_marks_around_no_word_quote_nothing(text: str) -> None:
    """Two inches, or a slip of the keys: nobody is given an empty quotation."""
    assert all(quote.strip("“”") for _, quote in said(text))


@given(
    st.lists(
        st.sampled_from(
            ["“We lost”", '"It is', "said", " that", " he", ", ", ". ", "\n\n", "according to ",
             "Ann Lee", ":", " — ", "’s", "(", ")", "told", " reporters", "!”", "''", "•", "1. "]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_quotes_stand_verbatim_in_any_text(pieces: list[str]) -> None:
    """Spans are in order, inside the text and at word edges; a quote is its spans."""
    text = "".join(pieces) or "x"
    for claim in extract_text(text).claims:
        assert claim.quote == " ".join(text[slice(*span)] for span in claim.spans)
        position = 0
        for start, end in claim.spans:
            assert position <= start < end <= len(text)
            assert not (start and text[start].isalnum() and text[start - 1].isalnum())
            assert not (end < len(text) and text[end].isalnum() and text[end - 1].isalnum())
            position = end


def test_what_a_message_answers_is_not_said_by_who_spoke_last() -> None:
    """Lines behind ">" that nobody announces are another's."""
    text = "A headline stands here\n\nAnn Lee said it was over.\n\n> We did not ask you.\n"
    assert said(text) == [("Ann Lee", "it was over")]


@pytest.mark.parametrize(
    "text",
    [
        'We met Ann Lee, who wrote "The Old Man and the Sea Is Not Mine."',
        'His essay, "Why I Am Not a Liar," was read by many.',
        'The book "What They Said" says little.',
        "Nobody said the bridge was safe. No minister claimed that it was.",
        "If Ann Lee says that it is over, we go. Had Ann Lee said that it was, we had gone.",
        "Ann Lee failed to say that it was over. Bo Ray was expected to say that it was.",
    ],
)
def test_a_work_a_condition_and_what_nobody_said_are_no_claims(text: str) -> None:
    """Names of works are quoted too; what is only supposed to be said is not said."""
    assert said(f"A headline stands here\n\n{text}\n") == []


def test_what_was_left_open_is_in_the_cue() -> None:
    """ "Did not say whether" is not shown as "said"."""
    text = "A headline stands here\n\nAnn Lee did not say whether it was over.\n"
    claim = only_claim(text)
    assert (claim.cue, claim.quote) == ("did not say", "whether it was over")


@pytest.mark.parametrize(
    "sentence",
    [
        "Ann Lee never claimed that it was over.",
        "It is not true that Ann Lee said that it was over.",
        "There is no evidence that Ann Lee said that it was over.",
        "The rumour that Ann Lee said that it was over is a year old.",
        "It is unclear whether Ann Lee said that it was over.",
        "Ann Lee may say on Friday that it is over.",
        "Ann Lee is expected to announce on Friday that it is over.",
        "If Ann Lee says that it is over, all is lost.",
        "Ann Lee said that, and nobody was surprised by it.",
        "Ann Lee said that,",
        "Did Ann Lee say that it was over?",
        "Who said that it was over?",
    ],
)
def test_what_is_not_told_to_have_been_said_is_no_claim(sentence: str) -> None:
    """What is denied, doubted, supposed, asked or still to come was not said by anybody."""
    assert said(f"A headline stands here\n\n{sentence}\n") == []


def test_who_is_doubted_to_have_spoken_is_known_all_the_same() -> None:
    """A name beside "did not say" is a person's, to whom later words can go back."""
    text = (
        "A headline stands here\n\nAnn Lee did not say that it was over.\n\n"
        "“We shall see,” Lee said.\n"
    )
    assert said(text) == [("Ann Lee", "We shall see")]


@pytest.mark.parametrize(
    ("sentence", "speaker", "quote"),
    [
        (
            "The Daily News quoted a source as saying the vote was lost.",
            "a source",
            "the vote was lost",
        ),
        (
            "The vote was lost, the Daily News quoted Ann Lee as saying.",
            "Ann Lee",
            "The vote was lost",
        ),
        (
            "Ann Lee was quoted by the Daily News as saying that the vote was lost.",
            "Ann Lee",
            "the vote was lost",
        ),
        ("What Ann Lee did say was that it was over.", "Ann Lee", "it was over"),
    ],
)
def test_words_told_at_second_hand_are_those_of_who_said_them(
    sentence: str, speaker: str, quote: str
) -> None:
    """The speaker is the one quoted, not the one who quotes."""
    assert said(f"A headline stands here\n\n{sentence}\n") == [(speaker, quote)]


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ('"We have lost it, said Ann Lee. Trains stood still.', "We have lost it"),
        ("Ann Lee said “we have lost it. Trains stood still. Boats did not.", "we have lost it."),
        ("“We have lost it, said Ann Lee, “and it is over.”", "We have lost it and it is over."),
        ("“We have lost it,“ Ann Lee said.", "We have lost it"),
    ],
)
def test_an_unclosed_mark_quotes_no_more_than_its_sentence(sentence: str, quote: str) -> None:
    """What stands behind the sentence or "said Ann" is the narrator's again."""
    assert said(f"A headline stands here\n\n{sentence}\n") == [("Ann Lee", quote)]


def test_a_speech_of_several_paragraphs_runs_to_the_end_of_each() -> None:
    """Each paragraph opens with a mark, and only the last is closed."""
    text = (
        "A headline stands here\n\nAnn Lee spoke: “We have lost it. I said so.\n\n"
        "“It is over. Go home.”\n"
    )
    assert said(text) == [
        ("Ann Lee", "We have lost it. I said so."),
        ("Ann Lee", "It is over. Go home."),
    ]


def test_a_quotation_does_not_go_on_with_what_another_says() -> None:
    """A sentence with a cue that cannot be read is not added to the words of the speaker before."""
    text = "‘It’s over,’ said Ann Lee. ‘They’re gone – and the boys’ toys too,’ Bo Ray added."
    assert said(f"A headline stands here\n\n{text}\n") == [("Ann Lee", "It’s over")]


def test_what_an_announced_message_answers_is_not_its_own() -> None:
    """Lines behind "> >" below "Bo Ray wrote:" are not what Bo Ray wrote."""
    text = "A headline stands here\n\nBo Ray wrote:\n\n> > You have lost it all.\n"
    assert said(text) == []


def test_who_quotes_is_named_between() -> None:
    """An outlet of the archive that "quoted a source as saying" is the way by which it came."""
    known = Authority(outlets=(Known("gazette", "The Gazette", (), "outlet"),))
    text = "A headline stands here\n\nThe Gazette quoted a source as saying that it was late.\n"
    claim = only_claim(text, known)
    assert (claim.speaker, claim.via) == ("a source", ("gazette",))


def test_lines_above_a_message_are_not_said_by_their_labels() -> None:
    """ "From:" and "Date:" are no speakers."""
    text = "Dear all, it was the talk of the town.\n\nFrom: Ann Lee\nDate: the third of March\n"
    assert said(text) == []


def test_messages_below_each_other_are_no_transcript() -> None:
    """Labels that come again with each message are not the names of who takes turns."""
    head = "FROM: Ann Lee of the town council\n\nSUBJECT: The bridge and what it costs us\n\n"
    assert said(f"{head}It is late.\n\n{head}It is not late.\n") == []


@pytest.mark.parametrize(
    ("heading", "claims"),
    [
        ("THE LATEST: Storm makes landfall in the north", []),
        ("Lee: 'We can't be bullied' as talks end", [("Lee", "We can't be bullied")]),
        ("Roads Watch: Storm did harm", [("Roads Watch", "Storm did harm")]),
        ("Fact Check: Storm did harm in the north", []),
        ("Storm: what we know so far", []),
        ("Members: Angola . . . . . . . Mr. Lee", []),
        ("THREAD: What we know about the storm", []),
        ("UPDATE 2-Lee says storm did harm", [("Lee", "storm did harm")]),
        ("Who said what about the storm", []),
    ],
)
def test_headings_with_a_colon(heading: str, claims: list[tuple[str | None, str]]) -> None:
    """A series or label is no speaker, a name may end like one, and single marks close what is quoted."""
    assert said(f"{heading}\n\nIt was the talk of the town.\n") == claims


def test_the_head_of_a_message_says_nothing() -> None:
    """No field of it is a speaker's, whatever its name."""
    text = (
        "Received: from mx1.lee.example\nX-Mailer: Some program that said so\n"
        "From: Ann Lee <ann@lee.example>\nSubject: The dam is safe\n\n"
        "Mayor Bo Ray said that it was late.\n"
    )
    assert said(text) == [("Bo Ray", "it was late")]


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        (
            "According to minutes released on Friday, Mayor Ann Lee said: “Nobody has read the books.”",
            [("Ann Lee", "Nobody has read the books.")],
        ),
        (
            "According to minutes of the meeting, Mayor Ann Lee said “the books are in order”.",
            [("Ann Lee", "the books are in order")],
        ),
        (
            "According to minutes of the meeting, “the books are in order,” Mayor Ann Lee told them.",
            [("Ann Lee", "the books are in order")],
        ),
        (
            "According to the minutes, “the books are in order”, and nobody read them.",
            [("the minutes", "“the books are in order”, and nobody read them")],
        ),
        (
            "“The books are here,” according to the minutes, “and will stay.”",
            [("the minutes", "The books are here and will stay.")],
        ),
    ],
)
def test_minutes_give_the_words_to_who_said_them(
    sentence: str, claims: list[tuple[str | None, str]]
) -> None:
    """What somebody says in a text that is named is theirs, once, and else the text's."""
    assert said(f"A headline stands here\n\n{sentence}\n") == claims


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        (
            "However, Mayor Ann Lee came and declared that it was late.",
            [("Ann Lee", "it was late")],
        ),
        (
            "When it came to that, however, Mayor Ann Lee came and declared that it was late.",
            [("Ann Lee", "it was late")],
        ),
        ("Ann Lee told 3,000 in Osk that it was late.", [("Ann Lee", "it was late")]),
    ],
)
def test_an_adverb_or_a_place_is_neither_speaker_nor_content(
    sentence: str, claims: list[tuple[str | None, str]]
) -> None:
    """ "However" is nobody, and whoever is told may be somewhere."""
    assert said(f"A headline stands here\n\n{sentence}\n") == claims
