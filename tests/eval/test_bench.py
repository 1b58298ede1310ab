"""The bench on a handful of documents: what it measures, not how fast."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley import Document, QuestionSetError
from parley.eval.bench import BenchReport, main, run_bench, sample_documents

REPORT = BenchReport(
    documents=2,
    passages=10,
    index_seconds=3.0,
    bare_seconds=4.0,
    bare_bfloat16_seconds=2.0,
    again_seconds=0.1,
    questions=5,
    ask_p50=0.03,
    ask_p95=0.05,
    search_p50=0.02,
    bare_query_p50=0.01,
    peak_megabytes=500.0,
)


def test_ratios_are_ours_over_the_bare_models() -> None:
    assert REPORT.ratios() == {
        "index / bare encoding": 0.75,
        "index / bare encoding in bfloat16": 1.5,
        "ask p50 / bare query encoding": pytest.approx(3.0),
    }


def test_a_folder_is_repeated_under_new_ids(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Lind spoke of the canal.", "utf-8")
    (tmp_path / "b.txt").write_text("Oru answered.", "utf-8")
    # One passage each, so five passages are five documents: both, both again, and the first once more.
    found = sample_documents(tmp_path, 5)
    assert [item.text for item in found] == ["Lind spoke of the canal.", "Oru answered."] * 2 + ["Lind spoke of the canal."]
    assert len({item.id for item in found}) == 5
    (tmp_path / "none").mkdir()
    with pytest.raises(QuestionSetError, match="can be read"):
        sample_documents(tmp_path / "none", 5)


@pytest.mark.slow
def test_a_small_run_measures_everything() -> None:
    documents = [
        Document.from_text(f"Envoy number {number} said the fee was agreed in principle.", id=f"d{number}") for number in range(4)
    ]
    found = run_bench(documents, ["Who said the fee was agreed?"], rounds=1)
    assert (found.documents, found.passages, found.questions) == (4, 4, 1)
    assert found.ask_p95 >= found.ask_p50 > 0
    assert min(found.index_seconds, found.bare_seconds, found.bare_query_p50, found.search_p50) > 0
    assert found.peak_megabytes > 100


def test_a_missing_corpus_is_an_error_with_a_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--corpus", str(tmp_path / "none.jsonl"), "--json", str(tmp_path / "out.json")]) == 3
    assert "none.jsonl cannot be read" in capsys.readouterr().err
    assert not (tmp_path / "out.json").exists()
