"""Bytes to text: by byte order mark, by strict UTF-8, by what the file declares, and else by how natural each reading looks.

Short texts in cp1251, koi8-r or cp1252 are where statistical detectors fail (a Russian sentence read as Japanese), so the
usual single-byte encodings are judged here by letter frequency, case and neighbours; charset-normalizer has the East Asian ones.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from index.errors import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a Word file or another zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
)
_CANDIDATES = {
    **dict.fromkeys("cp1254 cp1252 cp1251 cp1250 koi8-r koi8-u".split(), 0.0),  # noqa: SIM905
    **dict.fromkeys("cp866 iso8859-5 cp1253 iso8859-2 cp1257 iso8859-15".split(), 0.05),  # noqa: SIM905
    **dict.fromkeys("cp1255 cp1256 mac-cyrillic".split(), 0.05),  # noqa: SIM905
    "mac-roman": 0.15,
}
"""Encodings people have, and how much more natural the rarer ones must look to be taken; of equals, the earlier wins.

cp1254 differs from cp1252 in six letters only, which are far commoner as Turkish than as Icelandic.
"""

_ALIASES = dict.fromkeys(("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"), "cp1252") | {"iso-8859-9": "cp1254"}
"""What pages and mails that declare these mean: https://encoding.spec.whatwg.org/#names-and-labels."""

_FREQUENT = {
    "CYRILLIC": "оеаинтсрвлкмдпуяызьбгчійїє",
    "GREEK": "αοιετσνηυρπκμλςόάίέύήώ",
    "HEBREW": "יוהלארתשמבנדםעק",
    "ARABIC": "اليمونرتبةعدسفهكحقجأ",
}
"""The commonest letters of each script, commonest first."""

_CYRILLIC_PAIR_LIST = (
    "ст но то на ен ов ни ра во ко ал ос по ре пр ро ер та ел ет ли не ка ан го от ла ор од он об ес ол де ви ит ль ат ва за ри"
    " ть ог ме ны ми ск ле ин те ма ся ло да ки бы вы ам ый ия ая ие ис нн дн ью ци мо пе па ди дл сь чт эт мы ві ті рі ці ії їх"
)
_CYRILLIC_PAIRS = frozenset(_CYRILLIC_PAIR_LIST.split())
"""Common pairs of letters in Russian and Ukrainian."""

_ADDED_LETTERS = (
    "éèàçêôâîëïûùœæ", "äöüß", "áéíóúñüçàèòï", "ãõáéíóúâêôàç", "àèéìòù", "åäöé", "æøåé", "çğıöşüİâî", "ąćęłńóśźż",
    "áčďéěíňóřšťúůýžľĺŕäô", "áéíóöőúüű", "ăâîșțşţ", "šđčćž", "áðéíóúýþæö", "ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž",
)  # fmt: skip
"""What the languages of Europe, likelier first, add to the Latin alphabet: a text keeps to one of these rows."""

_QUOTES_AND_DASHES = frozenset("“”‘’„‚«»‹›–—…•§°№€£©®·´¿¡ \u00a0")
_SAMPLE = 20_000
_ENOUGH = 0.6


def decode_text(data: bytes, *, name: str, declared: str | None = None) -> str:
    """The text of `data` without its byte order mark; line ends stay as they are.

    Args:
        data: the bytes.
        name: the file's name, for messages.
        declared: the encoding that the file itself states (HTML meta, e-mail header), used after UTF-8 was ruled out.

    Raises:
        ReadError: the bytes are not text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], encoding, name)
    if b"\0" in data:
        return _decode_wide(data, name)
    _check_is_text(data, name)
    text = _decode_or_none(data, "utf-8")
    if text is None and declared:
        label = declared.strip().lower()
        text = _decode_or_none(data, _ALIASES.get(label, label))
    return text if text is not None else _decode_single_byte(data, name)


def _decode_marked(data: bytes, encoding: str, name: str) -> str:
    text = _decode_or_none(data, encoding)
    if text is not None:
        return text
    repaired = data.decode(encoding, "replace")
    if repaired.count("\ufffd") > max(2, len(repaired) // 100):
        msg = f"{name} starts as {encoding.upper()} text, but its bytes are not: it is damaged. Get the file again."
        raise ReadError(msg)
    return repaired


def _decode_wide(data: bytes, name: str) -> str:
    """UTF-16 without a byte order mark. Raises ReadError for anything else that holds zero bytes."""
    readings = [_decode_or_none(data, encoding) for encoding in ("utf-16-le", "utf-16-be")]
    best = max((text for text in readings if text), key=_ordinary_share, default="")
    if len(best) >= 2 and _ordinary_share(best) >= 0.95:
        return best
    raise ReadError(_binary_message(data, name))


def _ordinary_share(text: str) -> float:
    """Share of characters that are letters of everyday alphabets, digits, white space or punctuation."""
    sample = text[:_SAMPLE]
    ordinary = sum(character.isspace() or (" " <= character < "\u2100" and character.isprintable()) for character in sample)
    return ordinary / len(sample)


def _check_is_text(data: bytes, name: str) -> None:
    controls = len(re.findall(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]", data[:_SAMPLE]))
    if controls > len(data[:_SAMPLE]) // 100 or any(data.startswith(signature) for signature, _ in _SIGNATURES):
        raise ReadError(_binary_message(data, name))


def _binary_message(data: bytes, name: str) -> str:
    kind = next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), "binary data")
    return f"{name} is not text: its content is {kind}. Give it the ending that fits its content, or save it as text."


def _decode_or_none(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _decode_single_byte(data: bytes, name: str) -> str:
    sample = _sample(data)
    repaired = sample.decode("utf-8", "replace")
    damaged = repaired.count("\ufffd")
    if damaged * 20 <= sum(character > "\x7f" for character in repaired) - damaged:
        return data.decode("utf-8", "replace")  # another encoding would garble all but the few damaged bytes
    scores = {encoding: _naturalness(sample, encoding) - handicap for encoding, handicap in _CANDIDATES.items()}
    best = max(scores, key=lambda encoding: scores[encoding])
    guessed = best if scores[best] >= _ENOUGH else _guess(data) or best
    text = _decode_or_none(data, guessed)
    if text is None:
        text = data.decode(best, "replace")
    start = text[:_SAMPLE]
    if sum(character.isprintable() or character.isspace() for character in start) < 0.9 * len(start):
        raise ReadError(_binary_message(data, name))
    return text


def _sample(data: bytes) -> bytes:
    """The stretches round bytes above 127: the only ones that tell single-byte encodings apart."""
    pieces = re.finditer(rb"[^\x80-\xff]{0,12}[\x80-\xff](?:[^\x80-\xff]{0,12}[\x80-\xff])*[^\x80-\xff]{0,12}", data)
    sample = b""
    for piece in pieces:
        sample += piece.group()[: _SAMPLE - len(sample)]
        if len(sample) >= _SAMPLE:
            break
    return sample


def _naturalness(sample: bytes, encoding: str) -> float:
    """Mean of -2 to 1 over the characters beyond ASCII: 1 for what people write, below 0 for what they do not."""
    text = _decode_or_none(sample, encoding)
    if text is None:
        return -2.0
    padded = f" {text} "
    places = [i for i in range(1, len(padded) - 1) if padded[i] > "\x7f"]
    total = sum(_points(padded[i - 1], padded[i], padded[i + 1]) for i in places)
    latin = [padded[i] for i in places if _script(padded[i]) == "LATIN"]
    small = [character if character == "İ" else character.lower() for character in latin]
    total += 0.8 * max(sum(character in row for character in small) for row in _ADDED_LETTERS)
    return round(total / max(1, len(places)), 3)


def _points(before: str, character: str, after: str) -> float:
    """How natural `character` is between its neighbours; a table of cases, each from reading one encoding as another."""
    if unicodedata.category(character) in ("Cc", "Cn", "Co"):
        return -2.0
    if not character.isalpha():
        inside_word = before.isalpha() and after.isalpha()
        points = _sign_points(
            character, inside_word=inside_word, touches_word=before.isalpha() or before == "'" or after.isalpha()
        )
        # Letters of Cyrillic score below 1 on average; so must the signs that one encoding has in place of another's letters.
        is_in_run = any(neighbour > "\x7f" and not neighbour.isalpha() for neighbour in (before, after))
        most = 0.3 if is_in_run else 0.8 if "CYRILLIC" in (_script(before), _script(after)) else 1.0
        return min(points, most)
    if character.isupper() and before.isalpha() and (before.islower() or after.islower()):
        return -2.0 if before.islower() else -1.0
    script = _script(character)
    neighbours = [neighbour for neighbour in (before, after) if neighbour.isalpha()]
    if any(_script(neighbour) != script for neighbour in neighbours):
        return -2.0
    if script == "LATIN":
        # Added letters stand between plain ones, rarely in pairs; a run of them is another alphabet.
        return (0.2, -0.1, -1.4)[sum(neighbour > "\x7f" for neighbour in neighbours)]
    rank = _FREQUENT.get(script, "").find(character.lower())
    points = 0.2 if rank < 0 else 1.0 if rank < 12 else 0.7
    # Where pairs of letters are not known, their share is put at half.
    pairs = ((before + character).lower(), (character + after).lower())
    known = any(pair in _CYRILLIC_PAIRS for pair in pairs) if script == "CYRILLIC" else 0.5
    points = 0.6 * points + 0.4 * known
    # In koi8-r small letters stand where cp1251 has capitals: of two readings, words in capitals are the rarer.
    is_run_of_capitals = character.isupper() and (before.isupper() or after.isupper())
    return 0.85 * points if is_run_of_capitals else points


def _sign_points(character: str, *, inside_word: bool, touches_word: bool) -> float:
    if character in "€°§£•©®" and touches_word:
        return -1.0
    if character in _QUOTES_AND_DASHES:
        return 0.0 if inside_word and character not in "’‘–—\u00a0" else 1.0
    return -1.5 if inside_word else -0.5


def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]


def _guess(data: bytes) -> str | None:
    """The East Asian encoding that fits, if any; from a few characters anything would."""
    from charset_normalizer import from_bytes

    if sum(byte > 0x7F for byte in data[:_SAMPLE]) < 16:
        return None
    best = from_bytes(data[: 10 * _SAMPLE], cp_isolation=["shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"]).best()
    # Any bytes make half-width katakana in shift_jis; texts hardly use them.
    return best.encoding if best and len(re.findall("[\uff61-\uff9f]", str(best))) * 5 < len(str(best)) else None
