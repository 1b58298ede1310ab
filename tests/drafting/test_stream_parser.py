from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parley.assistant.drafting.markers import MarkedSentence, read_markers
from parley.assistant.drafting.stream_parser import DraftParser


def parsed(*pieces: str) -> list[str]:
    parser = DraftParser()
    found = [sentence for piece in pieces for sentence in parser.feed(piece)]
    return found + parser.close()


@pytest.mark.parametrize(
    ("draft", "sentences"),
    [
        ("One thing. [S1] Another thing [S2].", ["One thing. [S1]", "Another thing [S2]."]),
        ("One thing [S1]. Another. [S2][S3]", ["One thing [S1].", "Another. [S2][S3]"]),
        ("- One [S1]\n- Two [S2]\n", ["- One [S1]", "- Two [S2]"]),
        (
            'She said: "We agree. We sign." [S1] Then it ended. [S2]',
            ['She said: "We agree. We sign." [S1]', "Then it ended. [S2]"],
        ),
        ("Mr. Orla of the U.S. Senate spoke. [S1] He left.", ["Mr. Orla of the U.S. Senate spoke. [S1]", "He left."]),
        ("Adm. Orla spoke on Apr. 5. [S1] He left.", ["Adm. Orla spoke on Apr. 5. [S1]", "He left."]),
        ("It was 3.5 per cent. [S1]", ["It was 3.5 per cent. [S1]"]),
        ("Is it so? Yes! [S1]", ["Is it so?", "Yes! [S1]"]),
        ("<think>They want [S9]. Fine.</think>\nIt ended. [S1]", ["It ended. [S1]"]),
        ("<think>never closed. Not a draft.", []),
        ("It ended. [S", ["It ended."]),
        ("It ended [S1", ["It ended"]),
        ("", []),
    ],
)
def test_sentences_keep_their_markers(draft: str, sentences: list[str]) -> None:
    assert parsed(draft) == sentences


DRAFT_TEXT = st.text(alphabet='aB .!?[]【】()S123,-\n"“”<think>/†…', max_size=120)


@settings(max_examples=400, deadline=None)
@given(DRAFT_TEXT, st.lists(st.integers(0, 120), max_size=8))
def test_every_split_of_a_stream_gives_the_same_sentences(draft: str, cuts: list[int]) -> None:
    borders = [0, *sorted(min(cut, len(draft)) for cut in cuts), len(draft)]
    pieces = [draft[first:last] for first, last in pairwise(borders)]
    assert parsed(*pieces) == parsed(draft) == parsed(*draft)


@settings(max_examples=300, deadline=None)
@given(DRAFT_TEXT)
@example("[【【")
@example("[[ ]")
def test_what_is_given_never_ends_within_a_marker(draft: str) -> None:
    for sentence in parsed(*draft):
        assert re.search(r"[\[【]\s*S?\d*$", read_markers(sentence, 9).text) is None


@settings(max_examples=200, deadline=None)
@given(DRAFT_TEXT)
def test_nothing_but_white_space_reasoning_and_broken_markers_is_lost(draft: str) -> None:
    if "<" in draft:
        return
    kept, given_text = "".join("".join(parsed(draft)).split()), "".join(draft.split())
    assert given_text.startswith(kept)
    assert re.fullmatch(r"(?:[\[【].*)?", given_text[len(kept) :], re.DOTALL)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It ended. [S2]", MarkedSentence("It ended.", (2,))),
        ("It ended [2].", MarkedSentence("It ended.", (2,))),
        ("It ended [S1, S3].", MarkedSentence("It ended.", (1, 3))),
        ("It ended [1-3].", MarkedSentence("It ended.", (1, 2, 3))),
        ("It ended [S1–S3].", MarkedSentence("It ended.", (1, 2, 3))),
        ("It ended [S1][S1][S3].", MarkedSentence("It ended.", (1, 3))),
        ("It ended【2†source】.", MarkedSentence("It ended.", (2,))),
        ("It ended (S2).", MarkedSentence("It ended.", (2,))),
        ("It ended (1).", MarkedSentence("It ended.", (1,))),
        ("It ended [Source 3].", MarkedSentence("It ended.", (3,))),
        ("It ended [[1]].", MarkedSentence("It ended.", (1,))),
        ("It ended (2031).", MarkedSentence("It ended (2031).", ())),
        ("He [the envoy] left [S1].", MarkedSentence("He [the envoy] left.", (1,))),
        ("It ended [99].", MarkedSentence("It ended.", (), ("[99]",))),
        ("It ended [0].", MarkedSentence("It ended.", (), ("[0]",))),
        ("It ended [S0][S1].", MarkedSentence("It ended.", (1,), ("[S0]",))),
        ("It ended [3-1].", MarkedSentence("It ended.", (), ("[3-1]",))),
        ("It ended [1, 99].", MarkedSentence("It ended.", (), ("[1, 99]",))),
        ("It ended [1-5].", MarkedSentence("It ended.", (), ("[1-5]",))),
        ("It ended (S9).", MarkedSentence("It ended.", (), ("(S9)",))),
        ("It ended.", MarkedSentence("It ended.", ())),
        ("It ended, [S1].", MarkedSentence("It ended.", (1,))),
        ("It ended, as reported by [S1].", MarkedSentence("It ended.", (1,))),
        ("It ended according to source [S1].", MarkedSentence("It ended.", (1,))),
        ("According to [S2], the talks ended.", MarkedSentence("The talks ended.", (2,))),
        ("As stated in [9], it ended.", MarkedSentence("It ended.", (), ("[9]",))),
        ("It ended, as reported by Lopez. [S1]", MarkedSentence("It ended, as reported by Lopez.", (1,))),
        ("It cost 5 per head [S1].", MarkedSentence("It cost 5 per head.", (1,))),
    ],
)
def test_markers_are_resolved_strictly(sentence: str, expected: MarkedSentence) -> None:
    assert read_markers(sentence, 5) == expected
