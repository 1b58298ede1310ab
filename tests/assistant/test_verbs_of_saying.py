"""The verbs of saying that are known in documents are known in questions too."""

from __future__ import annotations

import pytest

from parley.assistant.question.analysis import analyse_question
from parley.assistant.question.question_words import spoken_phrase
from parley.index.language.lexicon import lexicon, question_words
from parley.index.language.words import fold, stem

_DEEDS = {stem(fold(word)) for word in question_words("deed")}
SINGLE = sorted(
    {cue.lemma for cues in lexicon().cues.values() for cue in cues if not cue.particles and {"q", "c"} <= set(cue.sure)}
)
PHRASES = sorted(
    {cue.lemma for cues in lexicon().cues.values() for cue in cues if cue.particles and "c" in cue.sure and "n" in cue.frames}
)


@pytest.mark.parametrize("lemma", [lemma for lemma in SINGLE if stem(fold(lemma)) not in _DEEDS])
def test_a_verb_that_surely_reports_in_documents_reports_in_questions(lemma: str) -> None:
    asked = analyse_question(f"What did Minister Toll {lemma} about the port?")
    assert (asked.kind, asked.speaker) == ("what_said", "Minister Toll")


@pytest.mark.parametrize(
    ("question", "kind", "speaker"),
    [
        ("What did Toll point out about wages?", "what_said", "Toll"),
        ("What did the union make clear?", "what_said", "the union"),
        ("What did the minister spell out on Friday?", "what_said", "the minister"),
        ("What did the strike lay out?", "what", None),
        ("How did the talks go on?", "how", None),
        ("What did Toll go on to do?", "what", None),
        ("Where did they put it?", "where", None),
    ],
)
def test_particles_belong_to_the_verb(question: str, kind: str, speaker: str | None) -> None:
    asked = analyse_question(question)
    assert (asked.kind, asked.speaker) == (kind, speaker)


@pytest.mark.parametrize("lemma", PHRASES)
def test_so_does_one_with_particles(lemma: str) -> None:
    assert spoken_phrase(f"{lemma} about the port".split()) is not None
