"""Which single-byte encoding a text is in, judged by letter frequency, case and neighbours.

Short texts in cp1251, koi8-r or cp1252 are where statistical detectors fail (a Russian sentence read as Japanese), so the
usual encodings are judged here; charset-normalizer has the East Asian ones.
"""

from __future__ import annotations

import re
import unicodedata

_CANDIDATES = {
    **dict.fromkeys("cp1254 cp1252 cp1251 cp1250 koi8-r koi8-u".split(), 0.0),  # noqa: SIM905
    **dict.fromkeys("cp866 iso8859-5 cp1253 iso8859-2 cp1257 iso8859-15".split(), 0.05),  # noqa: SIM905
    **dict.fromkeys("cp1255 cp1256 mac-cyrillic".split(), 0.05),  # noqa: SIM905
    "mac-roman": 0.15,
}
"""Encodings people have, and how much more natural the rarer ones must look to be taken; of equals, the earlier wins.

cp1254 differs from cp1252 in six letters only, which are far commoner as Turkish than as Icelandic.
"""

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


def guess_encoding(data: bytes) -> str:
    """The encoding in which `data`, which is no UTF-8, reads most naturally."""
    sample = special_stretches(data)
    scores = {encoding: _naturalness(sample, encoding) - handicap for encoding, handicap in _CANDIDATES.items()}
    best = max(scores, key=lambda encoding: scores[encoding])
    return best if scores[best] >= _ENOUGH else _east_asian(data) or best


def special_stretches(data: bytes) -> bytes:
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
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
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
        return _sign_points(before, character, after)
    if character.isupper() and before.isalpha() and (before.islower() or after.islower()):
        return -2.0 if before.islower() else -1.0
    script = _script(character)
    neighbours = [neighbour for neighbour in (before, after) if neighbour.isalpha()]
    if any(_script(neighbour) != script for neighbour in neighbours):
        return -2.0
    if script == "LATIN":
        # Added letters stand between plain ones, rarely in pairs; a run of them is another alphabet.
        return (0.2, -0.1, -1.4)[sum(neighbour > "\x7f" for neighbour in neighbours)]
    return _letter_points(before, character, after, script)


def _letter_points(before: str, character: str, after: str, script: str) -> float:
    rank = _FREQUENT.get(script, "").find(character.lower())
    points = 0.2 if rank < 0 else 1.0 if rank < 12 else 0.7
    # Where pairs of letters are not known, their share is put at half.
    pairs = ((before + character).lower(), (character + after).lower())
    known = any(pair in _CYRILLIC_PAIRS for pair in pairs) if script == "CYRILLIC" else 0.5
    points = 0.6 * points + 0.4 * known
    # In koi8-r small letters stand where cp1251 has capitals: of two readings, words in capitals are the rarer.
    is_run_of_capitals = character.isupper() and (before.isupper() or after.isupper())
    return 0.85 * points if is_run_of_capitals else points


def _sign_points(before: str, character: str, after: str) -> float:
    inside_word = before.isalpha() and after.isalpha()
    if character in "€°§£•©®" and (before.isalpha() or before == "'" or after.isalpha()):
        return -1.0
    if character not in _QUOTES_AND_DASHES:
        return -1.5 if inside_word else -0.5
    if inside_word and character not in "’‘–—\u00a0":
        return 0.0
    if any(neighbour > "\x7f" and not neighbour.isalpha() for neighbour in (before, after)):
        return 0.3
    # Cyrillic letters score below 1 on average; so must the signs that one encoding has in place of another's letters.
    return 0.8 if "CYRILLIC" in (_script(before), _script(after)) else 1.0


def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]


def _east_asian(data: bytes) -> str | None:
    """The East Asian encoding that fits, if any; from a few characters anything would."""
    from charset_normalizer import from_bytes

    if sum(byte > 0x7F for byte in data[:_SAMPLE]) < 16:
        return None
    best = from_bytes(data[: 10 * _SAMPLE], cp_isolation=["shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"]).best()
    # Any bytes make half-width katakana in shift_jis; texts hardly use them.
    return best.encoding if best and len(re.findall("[\uff61-\uff9f]", str(best))) * 5 < len(str(best)) else None
