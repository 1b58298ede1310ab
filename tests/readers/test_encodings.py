"""Plain text comes out as it was written, in whichever of the usual encodings."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from parley.index.readers.encoding import decode_text
from tests.readers.conftest import Read

WRITTEN = [
    ("cp1251", "Мы готовы к обмену."),
    ("cp1251", "нет"),
    ("cp1251", "Делегация заявила, что «готова обсуждать» список – и не более того."),
    ("cp1251", "Україна пропонує обмін полоненими «всіх на всіх»."),
    ("cp1251", "ИТОГИ ВСТРЕЧИ\r\n\r\nСтороны договорились о прекращении огня. Next round: Geneva."),
    ("koi8-r", "Стороны договорились о прекращении огня."),
    ("koi8-r", "СОВМЕСТНОЕ ЗАЯВЛЕНИЕ"),
    ("koi8-u", "Україна пропонує обмін полоненими всіх на всіх."),
    ("cp866", "Стороны договорились о прекращении огня."),
    ("iso8859-5", "Стороны договорились о прекращении огня."),
    ("mac-cyrillic", "Стороны договорились о прекращении огня."),
    ("cp1252", "“We agreed,” he said."),
    ("cp1252", "It’s over"),
    ("cp1252", "The delegation’s “first” proposal — on exchange — was refused…"),
    ("cp1252", "Le délégué a refusé la proposition."),
    ("cp1252", "Der Außenminister erklärte: „Wir sind bereit.“"),
    ("cp1252", "El señor Núñez aceptó. ¿Qué pasó?"),
    ("cp1252", "Fee: £5 or €6"),
    ("cp1254", "Görüşmeler İstanbul’da başladı. Dışişleri Bakanı açıkladı."),
    ("cp1250", "Strony podpisały porozumienie o wymianie jeńców."),
    ("cp1250", "Ministr řekl: „Souhlasíme.“"),
    ("cp1253", "Οι αντιπροσωπείες συμφώνησαν."),
    ("cp1255", "הצדדים הסכימו להיפגש שוב."),
    ("cp1256", "اتفق الطرفان على تبادل الأسرى."),
    ("utf-8", "Türkiye’s “third way” – 日本 🕊"),
    ("utf-8-sig", "Мы готовы."),
    ("utf-16", "Мы готовы: “yes”."),
    ("utf-16-le", "Мы готовы к обмену."),
    ("utf-16-be", "We are ready to talk."),
    ("utf-32", "Мы готовы."),
    ("shift_jis", "代表団は捕虜交換に合意したと発表した。今後も協議を続ける方針だ。"),
]


@pytest.mark.parametrize("times", [1, 2, 40])
@pytest.mark.parametrize(("encoding", "sentence"), WRITTEN)
def test_a_text_is_read_as_it_was_written(read: Read, encoding: str, sentence: str, times: int) -> None:
    written = "\n".join([sentence] * times)
    assert read("note.txt", written.encode(encoding)).text == written.replace("\r\n", "\n")


def test_line_ends_become_line_feeds_and_nothing_else_changes(read: Read) -> None:
    written = "  ﬁrst\u00a0line  \r\n\r\n\tsecond\rthird\n\n\n½ “x”\u2028y \n"
    assert read("note.txt", written.encode()).text == "  ﬁrst\u00a0line  \n\n\tsecond\nthird\n\n\n½ “x”\u2028y \n"


def test_a_few_damaged_bytes_do_not_garble_the_rest_of_a_utf8_text(read: Read) -> None:
    data = ("Стороны договорились. " * 20).encode() + b"\xff" + "Конец.".encode()
    assert read("note.txt", data).text == "Стороны договорились. " * 20 + "\ufffdКонец."


def test_utf8_wins_over_a_false_declaration(read: Read) -> None:
    page = '<meta charset="windows-1251"><p>Мы готовы к обмену.</p>'
    assert read("page.html", page.encode()).text == "Мы готовы к обмену."


MARKED = {
    "utf-8-sig": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), encoding=st.sampled_from(sorted(MARKED)))
@example(text="a", encoding="utf-16-le")
def test_any_text_with_a_byte_order_mark_survives(text: str, encoding: str) -> None:
    data = text.encode(encoding) if encoding == "utf-8-sig" else MARKED[encoding] + text.encode(encoding)
    assert decode_text(data, name="x.txt") == text


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda text: text[0] != "\ufeff"))
def test_any_utf8_text_survives(text: str) -> None:
    assert decode_text(text.encode(), name="x.txt") == text


RUSSIAN = "обмен пленными список сторона заявление перемирие Женева Анкара встреча Мы Они завтра готовы не согласны делегация"
CURLY = "“yes” don’t we’re “never agreed” — proposal… talks the delegation’s answer was given €5 and to of"


@given(words=st.lists(st.sampled_from(RUSSIAN.split()), min_size=2, max_size=12))
def test_short_russian_in_cp1251_is_never_garbled(words: list[str]) -> None:
    text = " ".join(words) + "."
    assert decode_text(text.encode("cp1251"), name="x.txt") == text


@given(words=st.lists(st.sampled_from(CURLY.split()), min_size=1, max_size=12))
def test_short_english_in_cp1252_is_never_garbled(words: list[str]) -> None:
    text = " ".join(words)
    assert decode_text(text.encode("cp1252"), name="x.txt") == text
