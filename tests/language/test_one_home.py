"""What Parley knows of English has one home: index/language reads every word list, and no kind is listed twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from parley.index.language.lexicon import TABLES, phrases, read_rows
from tests.conftest import ROOT
from tests.language.word_lists import word_lists

PHRASES = ("hedges", "negations", "conditions", "plans", "askings")
KINDS_IN_FIRST_COLUMN = (
    "words",
    "clause_words",
    "speaker_words",
    "questions",
    "titles",
    "opposites",
    "roles",
    "offices",
    "numbers",
    "calendar",
)

NO_ENGLISH = (
    "index/language/",
    "index/readers/",
    "assistant/reports/export/",
    "assistant/language_model/",
    "assistant/citation.py",
    "assistant/particulars.py",
    "assistant/answer.py",
    "assistant/serialization.py",
    "assistant/llamaindex.py",
    "index/types/",
)
"""The home itself, and modules whose lists are names of formats, fields and settings."""

LEFT = {
    "assistant/answers/ambiguity.py": 3,
    "assistant/dialogue/moves.py": 2,
    "assistant/dialogue/topic_shift.py": 2,
    "assistant/drafting/firmness_check.py": 3,
    "assistant/drafting/follow_up.py": 1,
    "assistant/drafting/instructions.py": 1,
    "assistant/drafting/markers.py": 1,
    "assistant/drafting/refusing.py": 1,
    "assistant/drafting/speaker_check.py": 1,
    "assistant/drafting/support/features.py": 1,
    "assistant/evidence/attribution_line.py": 1,
    "assistant/evidence/quotes/uses.py": 2,
    "assistant/evidence/speaker_matching.py": 3,
    "assistant/evidence/speakers.py": 4,
    "assistant/question/analysis.py": 11,
    "assistant/question/asked_provision.py": 11,
    "assistant/question/asked_time.py": 2,
    "assistant/question/catalogue_form.py": 3,
    "assistant/question/comparison_form.py": 3,
    "assistant/question/correspondence_form.py": 2,
    "assistant/question/open_question.py": 4,
    "assistant/question/position_form.py": 1,
    "assistant/question/question_forms.py": 21,
    "assistant/question/question_parts.py": 3,
    "assistant/question/question_words.py": 8,
    "assistant/question/quote_frame.py": 8,
    "assistant/reading/features.py": 1,
    "assistant/reports/views/selection.py": 1,
    "assistant/reports/views/weekdays.py": 1,
    "index/statements/audience.py": 1,
    "index/statements/grammar/phrases.py": 2,
    "index/statements/grammar/tokens.py": 2,
    "index/statements/orphans/leftover.py": 1,
    "index/statements/parsing/dependency.py": 1,
    "index/statements/parsing/parse_tree.py": 1,
    "index/statements/speakers/bodies.py": 2,
    "index/statements/speakers/mentions.py": 2,
    "index/statements/speakers/parties.py": 1,
    "index/statements/standing.py": 1,
    "index/statements/voiced.py": 1,
    "index/structure/genre.py": 4,
    "index/structure/provision_marks.py": 3,
    "index/structure/provision_names.py": 1,
    "index/structure/provisions.py": 2,
    "index/structure/voices/addressees.py": 2,
    "index/structure/voices/labels.py": 2,
    "index/structure/voices/letters.py": 3,
    "index/structure/voices/lines.py": 1,
    "index/structure/voices/mail.py": 3,
    "index/structure/voices/naming.py": 4,
    "index/structure/voices/quoted_texts.py": 2,
    "index/structure/voices/speakers.py": 1,
    "index/structure/voices/titles.py": 3,
    "index/structure/voices/turns.py": 3,
    "index/structure/voices/words.py": 1,
}
"""Lists that still stand in code, by module. A number may fall and a module may go; neither may grow."""


def _modules() -> list[Path]:
    found = [path for room in ("assistant", "index") for path in (ROOT / room).rglob("*.py")]
    return sorted(path for path in found if not path.relative_to(ROOT).as_posix().startswith(NO_ENGLISH))


def test_no_module_outside_the_language_room_holds_a_new_word_list() -> None:
    grown = {}
    for path in _modules():
        name = path.relative_to(ROOT).as_posix()
        found = list(word_lists(path))
        if len(found) > LEFT.get(name, 0):
            grown[name] = [f"line {line}: {count} words" for line, count in found]
    assert grown == {}, "put the words into a table of index/language"


def test_a_word_list_is_seen_however_it_is_written(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    for code in (
        'A = frozenset({"one", "more", "word", "and", "another"})',
        'A = word_set("one more word and another")',
        'A = "one more word and another".split()',
        'A = re.compile(r"\\b(?:one|more|word|and|another)\\b")',
        'A = {"one": 1, "more": 2, "word": 3, "and": 4, "another": 5}',
    ):
        module.write_text(code, encoding="utf-8")
        assert list(word_lists(module)) == [(1, 5)], code
    module.write_text('A = frozenset({"one", "more", "word", "less"})', encoding="utf-8")
    assert list(word_lists(module)) == []


def test_no_phrase_is_of_two_tables() -> None:
    written = Counter((" ".join(row[0].split()), table) for table in PHRASES for row in read_rows(f"{table}.tsv"))
    assert [key for key, count in written.items() if count > 1] == []
    tables_of: dict[str, set[str]] = {}
    for phrase, table in written:
        tables_of.setdefault(phrase, set()).add(table)
    assert {phrase: tables for phrase, tables in tables_of.items() if len(tables) > 1} == {}


def test_no_two_tables_share_a_kind() -> None:
    kinds = Counter(kind for name in KINDS_IN_FIRST_COLUMN for kind in {row[0] for row in read_rows(f"{name}.tsv")})
    assert [kind for kind, count in kinds.items() if count > 1] == []


@pytest.mark.parametrize("table", PHRASES)
def test_every_phrase_has_a_class_and_a_known_scope(table: str) -> None:
    assert phrases(table)
    assert {phrase.scope for phrase in phrases(table)} <= {"clause", "after", "next", "below"}


def test_every_table_is_text_in_columns() -> None:
    for path in sorted(TABLES.glob("*.tsv")):
        rows = list(read_rows(path.name))
        assert rows, path.name
        assert all(row[0] == row[0].strip() and row[0] for row in rows), path.name
