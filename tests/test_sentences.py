import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.index.language.sentences import sentence_spans
from tests.proportion import assert_in_proportion

PIECES = st.lists(
    st.sampled_from(
        [
            *"aZя؟۔.!?…\"'“”«»()[]- \n\t\r\u00a0\u200b1",
            "U.S. ",
            "Mr. ",
            "No. 5",
            "...",
            "\n\n",
            "İ",
            "。",
            "The ",
            " said",
            "\ud800",
        ]
    ),
    max_size=60,
).map("".join)


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentence_spans(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["The U.S. President met U.N. Deputy Spokesperson Ana Ruiz.", "They spoke at length."],
        ["Mr. Oduya, Dr. Lind and Gen. Park signed.", "No. 12 was left out."],
        ["Art. 5 binds both parties, as No. 7 does.", "It was agreed on Sept. 4 in Oslo."],
        ["They met at 5 p.m. Friday.", "The hall closed at 9 p.m.", "The guards left."],
        ["The minister flew to the U.S.", "He returned a day later."],
        ["J. K. Amadi wrote to A. Silva.", "Nobody replied."],
        ["Trade grew by 3.5 percent.", "Prices rose 0.4 percent."],
        ['"We will sign," she said.', '"Today."', "The rest is silence."],
        ["They stayed calm … and kept talking.", "Then... they left."],
        ["They waited…", "Nothing came."],
        ["The text (see the annex.) is open.", "(It is long.)", "It was read aloud."],
        ["“Is it done?” Ms. Duarte asked.", "“It is not.”"],
        ["«Мы согласны», — сказал г. Орлов.", "Это произошло в 2014 г. в Вене.", "А. С. Петров молчал."],
        ["Bakan konuştu.", "İki taraf da bekliyor.", "Dr. Öz geldi."],
        ["هل اتفق الطرفان؟", "نعم.", "انتهى الاجتماع۔", "شكرا"],
        ["The deal is done!", "Is it?", "Yes."],
        ["The point was settled.[3]", "The rest was not."],
        ["双方同意。", "会谈结束。"],
    ],
)
def test_sentences_end_where_a_reader_ends_them(expected):
    assert sentences(" ".join(expected)) == expected


def test_list_items_keep_their_numbers():
    assert sentences("1. Cease fire.\n2. Exchange of prisoners.\na) by lists") == [
        "1. Cease fire.",
        "2. Exchange of prisoners.",
        "a) by lists",
    ]


def test_windows_line_ends_and_no_break_spaces_are_white_space():
    text = "First one.\u00a0 Second one.\r\n\r\n  Third one. \r\n"
    assert sentences(text) == ["First one.", "Second one.", "Third one."]


def test_hand_wrapped_lines_are_one_sentence():
    lines = (
        "The parties agreed to continue their discussions",
        "in the presence of the observers until May ends",
        "and to report.",
    )
    wrapped = "\n".join(lines)
    assert sentences(wrapped) == [wrapped]


def test_a_range_gives_offsets_into_the_whole_text():
    text = "Left out. Kept here. And here. Left out too."
    start, end = text.index("Kept"), text.index(" Left out too")
    assert [text[a:b] for a, b in sentence_spans(text, start, end)] == ["Kept here.", "And here."]


@given(st.one_of(PIECES, st.text()))
def test_sentences_cover_everything_but_white_space_in_order(text):
    spans = sentence_spans(text)
    position = 0
    for start, end in spans:
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()


@pytest.mark.parametrize("unit", ["x", ".", ". ", '"', "' ", "(", "a. B", "\n", "\u00a0.", "?!\u201d"])
def test_a_long_line_takes_time_in_proportion(unit):
    assert_in_proportion(sentence_spans, unit, 50_000)


def test_a_mail_inside_a_mail_begins_a_sentence_and_its_lines_go_on():
    text = (
        "> We accept the corridor for ten days, as you asked.\n>\n> On Tue, 3 Jun 2031 at 10:00, Marek Toll wrote:\n"
        ">> We will not release the three pilots. Norland\n>> rejected the crossing.\n> Nothing else was said about any of it."
    )
    assert [sentence.replace("\n", " ") for sentence in sentences(text)] == [
        "> We accept the corridor for ten days, as you asked.",
        ">",
        "> On Tue, 3 Jun 2031 at 10:00, Marek Toll wrote:",
        ">> We will not release the three pilots.",
        "Norland >> rejected the crossing.",
        "> Nothing else was said about any of it.",
    ]
