from __future__ import annotations

from dataclasses import replace

import pytest

from parley import Answer, AnswerSentence, Span
from parley.eval.scorers import abstention, containment, evidence, expectations, quotes
from parley.eval.scorers.outcome import Outcome
from parley.eval.scorers.retrieval import retrieval_scores
from parley.eval.scorers.score import Score
from tests.eval.build import BULLETIN, GAZETTE, answer, citation, outcome, question, span_of

AGREED = "Envoy Lind said the fee was agreed in principle."


def _text_of(document_id: str) -> str:
    return {item.id: item.text for item in (BULLETIN, GAZETTE)}[document_id]


# --- containment


def test_an_answer_contains_any_of_the_gold_answers() -> None:
    right = outcome(question(gold_answers=["a toll", "in principle"]), answer("It was agreed in principle."))
    wrong = outcome(question(gold_answers=["a toll", "in full"]), answer("It was agreed in principle."))
    assert containment.contains_gold(right).value == 1
    assert containment.contains_gold(wrong).value == 0


def test_a_marker_is_not_a_word_of_the_answer() -> None:
    cited = outcome(question(gold_answers=["1"]), answer("It was agreed.", citation(BULLETIN, AGREED, marker=1)))
    assert "[1]" in cited.answer.text if cited.answer else False
    assert containment.contains_gold(cited).value == 0


def test_an_abstention_contains_nothing_even_if_its_words_do() -> None:
    refused = outcome(question(gold_answers=["fee"]), answer("Nothing on a fee.", status="not_in_documents"))
    assert containment.contains_gold(refused).value == 0
    assert containment.answer_words(refused).unscored


def test_only_the_first_twenty_words_count_as_lead() -> None:
    early = outcome(question(gold_answers=["principle"]), answer("word " * 19 + "principle"))
    late = outcome(question(gold_answers=["principle"]), answer("word " * 20 + "principle"))
    assert [containment.lead_contains_gold(item).value for item in (early, late)] == [1, 0]
    assert [containment.contains_gold(item).value for item in (early, late)] == [1, 1]


@pytest.mark.parametrize("fields", [{}, {"gold_answers": ["x"], "answerable": False}])
def test_without_a_gold_answer_to_expect_containment_is_unscored(fields: dict[str, object]) -> None:
    judged = outcome(question(**fields), answer("Anything."))
    for scorer in (containment.contains_gold, containment.lead_contains_gold, containment.gold_token_f1):
        assert scorer(judged).unscored


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Canal Bulletin, 4 March 2031", 1),
        ("The Canal Bulletin of 2031-03-04", 1),
        ("Canal Bulletin, Mar 4, 2031", 1),
        ("Canal Bulletin, 14 March 2031", 0),
        ("Canal Bulletin, 4 March 2030", 0),
        ("Canal Bulletin, 4 March", 0),
        ("Canal Bulletin", 0),
        ("The Gazette, 4 March 2031", 0),
    ],
)
def test_provenance_needs_outlet_and_day(text: str, expected: int) -> None:
    asked = question(gold_fields={"outlet": "Canal Bulletin", "date": "2031-03-04"}, gold_answers=["irrelevant here"])
    assert containment.contains_gold(outcome(asked, answer(text))).value == expected


def test_f1_takes_the_best_gold_answer() -> None:
    # Against "fee agreed": common 2 of 2 and 2, F1 1. Against "toll": 0.
    assert containment.gold_token_f1(outcome(question(gold_answers=["toll", "the fee agreed"]), answer("Fee agreed."))).value == 1


def test_the_length_is_counted_without_markers() -> None:
    cited = answer("Lind said so.", citation(BULLETIN, AGREED))
    assert containment.answer_words(outcome(question(), cited)).value == 3


# --- evidence


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        (AGREED, 1),  # the whole of the gold range, 48 of 48 characters
        ("the fee was agreed in principle", 1),  # within it: all of the shorter one
        ("principle. A deputy, Oru, disputed that.", 0),  # 10 of 40 characters in common, a quarter of the shorter
        ("The canal talks ended on Tuesday.", 0),
    ],
)
def test_evidence_counts_from_half_of_the_shorter_range(quote: str, expected: int) -> None:
    asked = question(gold_doc_ids=["bulletin"], gold_span=list(span_of(BULLETIN, AGREED)))
    assert evidence.evidence_cited(outcome(asked, answer("So.", citation(BULLETIN, quote)))).value == expected


def test_the_same_offsets_in_another_document_are_no_evidence() -> None:
    asked = question(gold_doc_ids=["bulletin"], gold_span=[0, 20])
    assert evidence.evidence_cited(outcome(asked, answer("So.", citation(GAZETTE, GAZETTE.text[:20])))).value == 0


def test_every_gold_place_counts_for_recall() -> None:
    spans = [{"doc_id": "bulletin", "quote": AGREED}, {"doc_id": "gazette", "quote": "No fee was discussed."}]
    judged = outcome(question(gold_span=spans), answer("So.", citation(BULLETIN, AGREED)))
    assert evidence.evidence_cited(judged).value == 1
    assert evidence.evidence_recall(judged).value == 0.5


def test_parts_of_one_statement_are_one_place() -> None:
    parts = {"source": None, "content": [list(span_of(BULLETIN, "the fee")), list(span_of(BULLETIN, "in principle"))]}
    judged = outcome(question(gold_doc_ids=["bulletin"], gold_span=parts), answer("So.", citation(BULLETIN, "in principle")))
    assert evidence.evidence_recall(judged).value == 1


def test_evidence_that_cannot_be_placed_is_unscored() -> None:
    missing = outcome(question(gold_doc_ids=["bulletin"], gold_span={"quote": "never written"}), answer("So."))
    assert evidence.evidence_cited(missing).unscored
    assert "never written" in evidence.evidence_cited(missing).explanation
    assert evidence.evidence_cited(outcome(question(), answer("So."))).unscored


def test_cited_documents_count_once_each() -> None:
    cited = answer(
        "So.", citation(BULLETIN, AGREED), citation(BULLETIN, "on Tuesday", marker=2), citation(GAZETTE, "Nobody", marker=3)
    )
    judged = outcome(question(gold_doc_ids=["bulletin"]), cited)
    assert evidence.cites_gold_document(judged).value == 1
    assert evidence.gold_share_of_citations(judged).value == 0.5
    lenient = outcome(question(gold_doc_ids=["elsewhere"], also_doc_ids=["gazette"]), cited)
    assert evidence.cites_gold_document(lenient).value == 1
    assert evidence.gold_share_of_citations(outcome(question(gold_doc_ids=["bulletin"]), answer("So."))).value == 0


# --- quotations


def test_an_exact_quotation_is_checked_against_the_stored_text() -> None:
    scorer = quotes.quotes_exact(_text_of)
    assert scorer(outcome(question(), answer("So.", citation(BULLETIN, AGREED)))).value == 1
    assert scorer(outcome(question(), answer("So."))).unscored


@pytest.mark.parametrize("changed", ["Envoy Lind said the fee was agreed in principle!", "", "envoy"])
def test_a_quotation_that_differs_in_one_character_is_caught(changed: str) -> None:
    false = replace(citation(BULLETIN, AGREED), quote=changed, verified=True)
    scorer = quotes.quotes_exact(_text_of)
    assert scorer(outcome(question(), answer("So.", false))).value == 0
    assert scorer(outcome(question(), answer("No.", status="not_in_documents", nearest=[false]))).value == 0


def test_a_citation_of_a_changed_copy_of_the_document_is_caught() -> None:
    copy = replace(BULLETIN, text=BULLETIN.text.replace("in principle", "in full!!!!!"))
    false = citation(copy, "Envoy Lind said the fee was agreed in full!!!!!.")
    assert copy.text[false.start : false.end] == false.quote
    assert quotes.quotes_exact(_text_of)(outcome(question(), answer("So.", false))).value == 0


def _quoting(text: str, start: int, end: int) -> Answer:
    sentence = AnswerSentence(text, (1,), (Span(start, end),))
    return replace(answer("", citation(BULLETIN, AGREED)), sentences=(sentence,))


def test_words_marked_verbatim_must_stand_in_a_cited_document() -> None:
    assert quotes.quoted_words_exact(outcome(question(), _quoting("Lind: agreed in principle", 6, 25))).value == 1
    assert quotes.quoted_words_exact(outcome(question(), _quoting("Lind: agreed in full", 6, 20))).value == 0
    assert quotes.quoted_words_exact(outcome(question(), answer("No ranges."))).unscored


# --- abstention


def _abstentions() -> list[Outcome]:
    refused = answer("No.", status="not_in_documents")
    given = answer("Yes.")
    return [
        outcome(question(answerable=False), refused),
        outcome(question(answerable=False), given),
        outcome(question(answerable=True), refused),
        outcome(question(answerable=True), given),
        outcome(question(answerable=True), given),
        outcome(question(), refused),
    ]


def test_abstention_figures_are_means_over_the_questions_they_concern() -> None:
    # Abstained twice from questions of known class, once rightly: precision 1/2. Two unanswerable, one refused: recall 1/2.
    # Three answerable, one refused: false refusals 1/3.
    items = _abstentions()
    assert [abstention.abstention_precision(item).value for item in items] == [1, None, 0, None, None, None]
    assert [abstention.abstained(item).value for item in items] == [1, 0, 1, 0, 0, 1]
    assert [abstention.abstention_recall(item).value for item in items] == [1, 0, None, None, None, None]
    assert [abstention.false_refusal(item).value for item in items] == [None, None, 1, 0, 0, None]


def test_expected_statuses_say_whether_to_answer() -> None:
    assert abstention.is_answerable(question(answerable=True, expected_status="premise_not_found")) is False
    assert abstention.is_answerable(question(answerable=False, expected_status=["answered", "partly"])) is True
    assert abstention.is_answerable(question(answerable=True, expected_status=["answered", "premise_not_found"])) is None
    assert abstention.is_answerable(question(answerable=True)) is True


# --- expectations


def test_each_requirement_needs_one_of_its_alternatives() -> None:
    asked = question(must_contain=[["Lind"], ["agreed in principle", "tentatively agreed"]])
    assert expectations.must_contain(outcome(asked, answer("Lind said it was tentatively agreed."))).value == 1
    short = expectations.must_contain(outcome(asked, answer("Lind said it was agreed.")))
    assert (short.value, short.explanation) == (0, "missing: agreed in principle or tentatively agreed")


def test_forbidden_words_are_named() -> None:
    found = expectations.must_not_contain(outcome(question(must_not_contain=["was signed"]), answer("The fee WAS signed.")))
    assert (found.value, found.explanation) == (0, "contains: was signed")


@pytest.mark.parametrize(("speaker", "expected"), [("Lind", 1), ("Envoy Anna Lind", 1), ("Oru", 0), ("Linda", 0)])
def test_the_speaker_is_that_of_a_cited_statement(speaker: str, expected: int) -> None:
    cited = answer("So.", citation(BULLETIN, AGREED, speaker="Anna Lind"))
    assert expectations.speaker_named(outcome(question(speaker=speaker), cited)).value == expected


def test_a_citation_in_the_documents_own_voice_has_no_speaker() -> None:
    assert expectations.speaker_named(outcome(question(speaker="Lind"), answer("Lind.", citation(BULLETIN, AGREED)))).value == 0


def test_the_first_speaker_is_that_of_the_first_citation() -> None:
    lind, oru = citation(BULLETIN, AGREED, speaker="Lind"), citation(BULLETIN, "A deputy, Oru", marker=2, speaker="Oru")
    asked = question(speaker="Lind")
    assert expectations.first_speaker(outcome(asked, answer("So.", lind, oru))).value == 1
    assert expectations.first_speaker(outcome(asked, answer("So.", oru, lind))).value == 0
    assert expectations.speaker_named(outcome(asked, answer("So.", oru, lind))).value == 1
    assert expectations.fully_right(outcome(asked, answer("So.", oru, lind))).value == 0
    assert expectations.first_speaker(outcome(asked, answer("So.", citation(BULLETIN, AGREED), lind))).value == 0


def _fronted(front: str, before: str = "") -> Answer:
    first = AnswerSentence(f"{before}“{front}”, according to Lind.", (1,), (Span(len(before) + 1, len(before) + 1 + len(front)),))
    said = answer(f"Lind said: “{front} and the fee was agreed in principle”", citation(BULLETIN, AGREED, speaker="Lind"))
    return replace(said, sentences=(first, *said.sentences))


@pytest.mark.parametrize(
    ("front", "right"), [("Anna Lind", 1), ("Lind", 1), ("envoy Anna Lind of Norland", 1), ("Norland", 0), ("the envoy", 0)]
)
def test_words_alone_in_front_must_be_a_gold_answer(front: str, right: int) -> None:
    # "Lind" has an F1 of 2/3 with "Anna Lind".
    asked = question(gold_answers=["Anna Lind"], must_contain=["Lind"], expected_status="answered")
    judged = outcome(asked, _fronted(front))
    assert expectations.words_in_front(judged).value == right
    assert expectations.fully_right(judged).value == right


def test_a_sentence_is_not_words_in_front() -> None:
    asked = question(gold_answers=["Oru"])
    assert expectations.words_in_front(outcome(asked, answer("Lind said so."))).unscored
    assert expectations.words_in_front(outcome(asked, _fronted("Anna Lind", before="Lind said: "))).unscored
    assert expectations.words_in_front(outcome(asked, replace(_fronted("Anna Lind"), status="not_in_documents"))).unscored


def test_wrong_words_in_front_are_counted_over_the_answers_given() -> None:
    asked = question(gold_answers=["Anna Lind"])
    assert expectations.wrong_words_in_front(outcome(asked, _fronted("Anna Lind"))).value == 0
    assert expectations.wrong_words_in_front(outcome(asked, _fronted("Norland"))).value == 1
    assert expectations.wrong_words_in_front(outcome(asked, answer("Oru said so."))).value == 0
    assert expectations.wrong_words_in_front(outcome(asked, replace(_fronted("Norland"), status="not_in_documents"))).unscored
    not_there = question(answerable=False)
    assert expectations.wrong_words_in_front(outcome(not_there, _fronted("Norland"))).value == 1
    assert expectations.wrong_words_in_front(outcome(not_there, answer("Lind said so."))).value == 0


def test_a_refusal_names_no_other_speaker() -> None:
    asked = question(kind="who_said", speaker="Lind")
    assert expectations.wrong_speaker(outcome(asked, answer("No.", status="not_in_documents"))).unscored
    assert expectations.wrong_speaker(outcome(asked, answer("So.", citation(BULLETIN, AGREED, speaker="Oru")))).value == 1
    assert expectations.wrong_speaker(outcome(asked, answer("So.", citation(BULLETIN, AGREED, speaker="Lind")))).value == 0


def test_the_documents_own_voice_can_be_the_wanted_speaker() -> None:
    asked = question(speaker="the document")
    assert expectations.speaker_named(outcome(asked, answer("So.", citation(BULLETIN, AGREED)))).value == 1
    assert expectations.speaker_named(outcome(asked, answer("So.", citation(BULLETIN, AGREED, speaker="Lind")))).value == 0


@pytest.mark.parametrize(("wrong", "expected"), [("anna lind", 0), ("Lind", 1), ("Oru", 1)])
def test_a_speaker_known_to_be_wrong_is_not_cited(wrong: str, expected: int) -> None:
    asked = outcome(question(not_speaker=wrong), answer("So.", citation(BULLETIN, AGREED, speaker="Anna Lind")))
    assert expectations.speaker_avoided(asked).value == expected
    assert expectations.fully_right(asked).value == expected


def test_an_answer_without_a_speaker_names_no_wrong_one() -> None:
    asked = outcome(question(not_speaker="Lind"), answer("Lind.", citation(BULLETIN, AGREED)))
    assert expectations.speaker_avoided(asked).value == 1


def test_fully_right_needs_every_given_check() -> None:
    asked = question(must_contain=["principle"], must_not_contain=["signed"], speaker="Lind", expected_status="answered")
    cited = citation(BULLETIN, AGREED, speaker="Lind")
    assert expectations.fully_right(outcome(asked, answer("Agreed in principle.", cited))).value == 1
    for wrong in (
        answer("Agreed.", cited),
        answer("Agreed in principle, then signed.", cited),
        answer("Agreed in principle.", citation(BULLETIN, AGREED)),
        answer("Agreed in principle.", cited, status="partly"),
    ):
        assert expectations.fully_right(outcome(asked, wrong)).value == 0


def test_fully_right_is_unscored_without_checks_and_minds_abstention_with_them() -> None:
    assert expectations.fully_right(outcome(question(answerable=False), answer("No.", status="out_of_scope"))).unscored
    asked = question(answerable=False, must_not_contain=["signed"])
    assert expectations.fully_right(outcome(asked, answer("No.", status="not_in_documents"))).value == 1
    assert expectations.fully_right(outcome(asked, answer("Yes."))).value == 0


def test_a_question_that_could_not_be_asked_is_never_scored() -> None:
    lost = outcome(
        question(gold_answers=["x"], answerable=True, must_contain=["x"], gold_doc_ids=["bulletin"], gold_span=[0, 5]), None
    )
    scorers = (
        containment.contains_gold, containment.gold_token_f1, containment.answer_words, evidence.evidence_cited,
        evidence.cites_gold_document, quotes.quotes_exact(_text_of), quotes.quoted_words_exact, abstention.false_refusal,
        abstention.abstention_precision, expectations.must_contain, expectations.fully_right,
    )  # fmt: skip
    assert all(scorer(lost).unscored for scorer in scorers)


# --- retrieval


def test_retrieval_measures_of_a_worked_case() -> None:
    scores = retrieval_scores([["x", "a", "y", "b"], ["z"]], [["a", "b"], ["missing"]])

    def values(name: str) -> list[float | None]:
        return [score.value for score in scores[name]]

    # First question: gold at 2 and 4. recall@1 0, recall@5 1, MRR 1/2,
    # nDCG (1/log2(3) + 1/log2(5)) / (1/log2(2) + 1/log2(3)) = (0.63093 + 0.43068) / 1.63093 = 0.65093.
    assert values("recall@1") == [0, 0]
    assert values("recall@5") == [1, 0]
    assert values("mrr@10") == [0.5, 0]
    assert values("ndcg@10") == [pytest.approx(0.65093, abs=1e-5), 0]


def test_a_rank_beyond_ten_counts_for_nothing_at_ten() -> None:
    ranking = [f"d{number}" for number in range(10)] + ["gold"]
    scores = retrieval_scores([ranking], [["gold"]])
    assert {name: by[0].value for name, by in scores.items()} == dict.fromkeys(scores, 0.0)


def test_questions_without_gold_documents_are_unscored() -> None:
    scores = retrieval_scores([["a"], []], [[], ["a"]])
    assert scores["recall@5"] == [Score.none("the set gives no gold document"), Score(0.0, "a not found")]
    assert retrieval_scores([["a"]], [[]])["mrr@10"][0].unscored
