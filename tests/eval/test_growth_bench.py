"""The bench of growth measures every operation in both libraries, and tells ratios of what can be measured."""

from __future__ import annotations

from parley.eval.growth_bench import GrowthReport, as_table, run_growth_bench


def test_every_operation_is_measured_in_both_libraries() -> None:
    report = run_growth_bench(3)
    assert report.documents == (3, 30)
    assert 9 < report.passages[1] / report.passages[0] < 11
    assert {"add one document", "edit a title", "remove one document", "search, half by date, first"} <= set(report.seconds)
    assert all(small >= 0 and large >= 0 for small, large in report.seconds.values())


def test_a_ratio_is_told_where_there_is_something_to_measure() -> None:
    report = GrowthReport((10, 100), (90, 900), {"search": (0.002, 0.006), "list": (0.0, 0.5)})
    assert report.ratios() == {"search": 3.0}
    assert "| search | 0.002 | 0.006 | 3.0 |" in as_table(report)
    assert "| list | 0.000 | 0.500 |  |" in as_table(report)
