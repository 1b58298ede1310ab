"""Two reports question by question."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from parley.eval.reports.against import Change, compare_reports, read_report, scores_only
from parley.index.errors import QuestionSetError


def _report(scores: dict[str, list[float]], *, second: dict[str, list[float]] | None = None, **settings: Any) -> dict[str, Any]:
    """A report in JSON: figures by metric, a value for each question q0, q1, …"""
    report = {"settings": settings, "items": _items(scores)}
    return report | ({"second_wording": {"items": _items(second)}} if second else {})


def _items(scores: dict[str, list[float]]) -> list[dict[str, Any]]:
    count = len(next(iter(scores.values())))
    return [
        {
            "id": f"q{number}",
            "question": f"Question {number}?",
            "scores": {name: {"value": values[number], "explanation": ""} for name, values in scores.items()},
        }
        for number in range(count)
    ]


def _change(old: list[float], new: list[float], metric: str = "fully_right") -> Change:
    return next(item for item in compare_reports(_report({metric: old}), _report({metric: new})).changes if item.metric == metric)


def test_a_loss_beyond_chance_is_a_loss_and_names_its_questions() -> None:
    found = _change([1.0] * 20, [0.0] * 8 + [1.0] * 12)
    assert (found.old, found.new, found.n) == (1.0, 0.6, 20)
    assert (found.won, found.lost) == ((), tuple(f"q{number}" for number in range(8)))
    assert found.p == pytest.approx(2 / 256)
    assert (found.loss, found.gain) == (True, False)


def test_questions_on_one_document_are_lost_together() -> None:
    """Eight questions lost on eight documents are no chance; eight lost on one may be."""
    old, new = _report({"fully_right": [1.0] * 20}), _report({"fully_right": [0.0] * 8 + [1.0] * 12})
    for number, item in enumerate(new["items"]):
        item["gold"] = {"belongs_to": ["d0" if number < 8 else f"d{number}"]}
    compared = compare_reports(old, new)
    found = next(item for item in compared.changes if item.metric == "fully_right")
    assert (found.p, found.loss) == (1.0, False)
    assert compared.notices[0] == "20 questions are compared. Questions that rest on the same documents are tested together."


def test_a_gain_is_no_loss() -> None:
    found = _change([0.0] * 10, [1.0] * 10)
    assert (found.loss, found.gain) == (False, True)


def test_what_may_be_chance_is_no_loss() -> None:
    # 5 lost and none won: p = 2/32 = .0625.
    assert not _change([1.0] * 20, [0.0] * 5 + [1.0] * 15).loss


def test_where_lower_is_better_a_rise_is_the_loss() -> None:
    found = _change([0.0] * 10, [1.0] * 10, "false_refusals")
    assert (found.loss, len(found.lost), found.won) == (True, 10, ())


def test_the_more_figures_the_surer_a_loss_must_be() -> None:
    # 7 of 7 lost: p = 2/128 = .0156. Alone that is a loss; among four gated figures .0625.
    old, new = [1.0] * 20, [0.0] * 7 + [1.0] * 13
    assert _change(old, new).loss
    others = dict.fromkeys(("contains_gold", "evidence_cited", "first_speaker"), old)
    found = compare_reports(_report({"fully_right": old} | others), _report({"fully_right": new} | others))
    fully = next(item for item in found.changes if item.metric == "fully_right")
    assert fully.corrected == pytest.approx(4 * 2 / 128)
    assert found.losses == ()


def test_a_figure_that_is_not_gated_is_shown_and_never_a_loss() -> None:
    found = _change([1.0] * 30, [0.0] * 30, "recall@1")
    assert (found.corrected, found.loss, len(found.lost)) == (None, False, 30)


def test_figures_that_are_no_shares_are_permuted() -> None:
    found = _change([0.9] * 12, [0.4] * 12, "squad_f1")
    assert found.p == pytest.approx(2 / 2**12)
    assert found.loss


def test_both_wordings_are_compared_each_by_itself() -> None:
    same, worse = [1.0] * 12, [0.0] * 12
    old = _report({"fully_right": same}, second={"fully_right": same})
    new = _report({"fully_right": same}, second={"fully_right": worse})
    assert [(item.wording, item.loss) for item in compare_reports(old, new).changes] == [("first", False), ("second", True)]


def test_a_question_counts_where_both_reports_judge_it_as_it_was_asked() -> None:
    old, new = _report({"fully_right": [1.0] * 6}), _report({"fully_right": [0.0] * 7})
    new["items"][0]["question"] = "Another question?"
    del new["items"][1]["scores"]["fully_right"]
    found = compare_reports(old, new)
    assert found.changes[0].n == 4
    assert found.notices == (
        "5 questions are compared.",
        "1 questions are not in the older report.",
        "1 questions are worded differently in the older report.",
    )


def test_reports_without_a_common_question_cannot_be_compared() -> None:
    other = _report({"fully_right": [1.0]})
    other["items"][0]["id"] = "another"
    with pytest.raises(QuestionSetError, match="no question in common"):
        compare_reports(_report({"fully_right": [1.0]}), other)


def test_what_the_reports_were_made_with_is_compared() -> None:
    old = _report(
        {"fully_right": [1.0]}, made_with={"digests": {"code": "1", "weights": "1"}, "files": {"a.tsv": "1", "b.tsv": "1"}}
    )
    new = _report(
        {"fully_right": [1.0]}, made_with={"digests": {"code": "2", "weights": "1"}, "files": {"a.tsv": "2", "c.tsv": "1"}}
    )
    assert compare_reports(old, new).differing == ("code", "a.tsv", "b.tsv", "c.tsv")


def test_the_scores_of_a_report_are_all_that_a_comparison_needs(tmp_path: Path) -> None:
    report = _report({"fully_right": [1.0, 0.0]}, second={"fully_right": [0.0, 0.0]})
    slim = tmp_path / "scores.json"
    slim.write_text(json.dumps(scores_only(report)), encoding="utf-8")
    read = read_report(slim)
    assert read["items"][3] == {"wording": "second", "id": "q1", "question": "Question 1?", "scores": {"fully_right": 0.0}}
    newer = _report({"fully_right": [0.0, 1.0]}, second={"fully_right": [1.0, 1.0]})
    assert compare_reports(read, newer) == compare_reports(report, newer)


def test_a_report_is_no_worse_than_its_own_scores(tmp_path: Path) -> None:
    report = _report({"squad_f1": [1 / 3, 2 / 7, 0.1 + 0.2, 1.0]})
    slim = tmp_path / "scores.json"
    slim.write_text(json.dumps(scores_only(report)), encoding="utf-8")
    [change] = compare_reports(read_report(slim), report).changes
    assert (change.won, change.lost, change.p) == ((), (), 1.0)


@pytest.mark.parametrize(("text", "message"), [("{", "is no JSON"), ("[]", "has no items"), ('{"items": 3}', "has no items")])
def test_what_is_no_report_is_told(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "old.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QuestionSetError, match=message):
        read_report(path)
    with pytest.raises(QuestionSetError, match="cannot be read"):
        read_report(tmp_path / "missing.json")
