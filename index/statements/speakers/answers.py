"""Who answers: in "Fane told your deputy that ships were waiting. He replied …" it is the deputy, for nobody answers himself."""

from __future__ import annotations

from parley.index.language.lexicon import word_kind
from parley.index.statements.cueing.attributions import Attribution
from parley.index.statements.grammar.tokens import Tokens
from parley.index.statements.speakers.mentions import Mention, read_mention
from parley.index.statements.speakers.resolution import agrees

_ANSWERING = word_kind("answering")


class Answers:
    """Remembers to whom the words before were told."""

    def __init__(self) -> None:
        self._hearer: Mention | None = None
        self._paragraph = 0

    def note(self, tokens: Tokens, told: Attribution, paragraph: int) -> None:
        """Take note of whom something was told."""
        self._hearer = read_mention(tokens, *told.addressee) if told.addressee is not None else None
        self._paragraph = paragraph

    def hearer_meant(self, tokens: Tokens, told: Attribution, paragraph: int) -> Mention | None:
        """Who was told the words before, where a pronoun that opens a sentence answers them; else `None`."""
        hearer, subject = self._hearer, told.speaker
        if hearer is None or subject is None or paragraph - self._paragraph > 1 or told.lemma.split()[0] not in _ANSWERING:
            return None
        is_opening = subject[0] == 0 or tokens.sentences[subject[0] - 1] != tokens.sentences[subject[0]]
        return hearer if is_opening and agrees(tokens.words[subject[0]], hearer, hearer.gender) else None
