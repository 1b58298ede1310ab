"""Issue and alias lists: what they match, and how a mistake in one is told."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from parley import Alias, AliasList, Document, IssueList, ParleyError, Span, TermListError
from parley.assistant.reports.views.issues import write_issues


def found(terms: list[str], text: str) -> list[str]:
    mentions = IssueList.from_terms({"it": terms}).find(Document.from_text(text, id="d"), [Span(0, len(text))])
    return [text[mention.span.start : mention.span.end] for mention in mentions]


@pytest.mark.parametrize(
    ("term", "text", "matches"),
    [
        ("prisoner", "Prisoners and the prisoner's family", ["Prisoners", "prisoner's"]),
        ("pay", "The payroll is paid; PAY rises, payment too", ["PAY"]),
        ("per cent", "two per\ncent", ["per\ncent"]),
        ("US", "Give us the US offer", ["US"]),
        ("POW", "POWs, a pow-wow, a POW", ["POWs", "POW"]),
        ("café", "The CAFE\u0301 and the cafe", ["CAFE\u0301", "cafe"]),
        ("leaders' meeting", "the leaders’ meeting", ["leaders’ meeting"]),
        ("Strasse", "in der Straße", ["Straße"]),
        ("C++ (draft)", "the C++ (draft) text", ["C++ (draft)"]),
    ],
)
def test_terms_are_found_whole(term: str, text: str, matches: list[str]) -> None:
    assert found([term], text) == matches


def test_a_place_that_two_terms_find_counts_once() -> None:
    assert found(["truce", "truces"], "truces") == ["truces"]


def test_issues_keep_the_order_of_their_list(tmp_path: Path) -> None:
    path = tmp_path / "issues.tsv"
    path.write_bytes("\ufeff# comment\r\nzeal\tzeal\r\n\r\nair\tair \r\nzeal\tzest\r\n".encode())
    issues = IssueList.from_file(path).issues
    assert [(issue.name, issue.terms) for issue in issues] == [("zeal", ("zeal", "zest")), ("air", ("air",))]


@pytest.mark.parametrize(
    ("content", "line"),
    [("a\tb\nno tab here\n", 2), ("# c\n\na\tb\tc\n", 3), ("a\t\n", 1), ("\tb\n", 1)],
)
def test_a_malformed_line_is_named(tmp_path: Path, content: str, line: int) -> None:
    path = tmp_path / "issues.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ParleyError, match=rf"issues\.tsv, line {line}: .* Write issue<TAB>term"):
        IssueList.from_file(path)


def test_unreadable_lists_are_told(tmp_path: Path) -> None:
    with pytest.raises(TermListError, match=r"gone\.tsv cannot be read"):
        IssueList.from_file(tmp_path / "gone.tsv")
    (tmp_path / "bytes.tsv").write_bytes(b"a\tb\xff\n")
    with pytest.raises(TermListError, match="is not UTF-8 text"):
        IssueList.from_file(tmp_path / "bytes.tsv")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("Tarsia\tTarsian\n", r"line 1: .* Write name<TAB>other form<TAB>kind"),
        ("Tarsia\tTarsian\tcountry\n", r"line 1: the kind is 'country'\. Write person, party or place"),
        ("A\tthe X\tparty\nB\tX\tparty\n", r"line 2: 'X' is filed under 'B', but line 1 files it under 'A'"),
    ],
)
def test_a_malformed_alias_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "aliases.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(TermListError, match=r"aliases\.tsv, " + message):
        AliasList.from_file(path)


def test_an_alias_given_twice_for_two_names_is_refused() -> None:
    with pytest.raises(TermListError, match="both 'A' and 'B'"):
        AliasList([Alias("A", "X", "party"), Alias("B", "x", "party")])


def test_names_are_compared_without_case_accents_and_article() -> None:
    aliases = AliasList([Alias("Türkiye", "Turkey", "party"), Alias("Dockers", "the union", "party")])
    assert [aliases.name_of(form, "party") for form in ("TURKEY", "turkiye", "Union", "The union", "unions")] == [
        "Türkiye",
        "Türkiye",
        "Dockers",
        "Dockers",
        None,
    ]
    assert aliases.name_of("Turkey", "person") is None


def test_a_full_disk_costs_no_list_that_was_there(tmp_path: Path) -> None:
    path = tmp_path / "issues.tsv"
    write_issues(path, IssueList.from_terms({"harbour": ["harbour"]}))
    before = path.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        with pytest.raises(ParleyError, match="could not be written"):
            write_issues(path, IssueList.from_terms({"quota": ["quota"]}))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == ["issues.tsv"]


@pytest.mark.parametrize("terms", [{"harbour": [""]}, {" ": ["harbour"]}])
def test_what_has_no_word_in_it_is_no_term(terms: dict[str, list[str]]) -> None:
    with pytest.raises(TermListError, match="there is no word in it"):
        IssueList.from_terms(terms)


def test_the_lists_of_the_examples_are_read() -> None:
    examples = Path(__file__).parents[2] / "examples"
    assert "ceasefire" in [issue.name for issue in IssueList.from_file(examples / "issues.tsv").issues]
    assert AliasList.from_file(examples / "aliases.tsv").name_of("Turkey", "party") == "Türkiye"
