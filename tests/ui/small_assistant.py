"""A small assistant for tests of the chat: it cites the sentences of its documents that share words with the question.

It fulfils `parley.ui.interfaces.ChatAssistant` without a model, answers the same way every time, and can be told to take
its time.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from parley import (
    AddReport,
    Answer,
    AnswerSentence,
    Citation,
    Conversation,
    Document,
    DocumentEntry,
    DocumentNotFoundError,
    Dossier,
    Finished,
    Hit,
    IssueList,
    LibraryManifest,
    ModelInUse,
    Passage,
    PositionTable,
    Progress,
    QuoteCheck,
    Refusal,
    SearchFilter,
    Searching,
    SentenceReady,
    Span,
    Statement,
    StatementFilter,
    StreamEvent,
    WordEvidence,
    WordPlace,
)
from parley.assistant.forgetting import forget_in_conversations
from tests.waiting import PATIENCE

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_SAID = re.compile(r"(?P<content>[^.\n]+?),? said (?P<speaker>[^.\n]+)\.")


@dataclass
class Folder:
    path: Path

    @property
    def manifest(self) -> LibraryManifest:
        return LibraryManifest(1, "small", "ab" * 32, 3)


@dataclass
class SmallAssistant:
    """Documents in memory; `pause` seconds before every sentence of an answer, whose end comes once `gate` is set."""

    folder: Path
    pause: float = 0.0
    gate: threading.Event | None = None
    shelf: dict[str, Document] = field(default_factory=dict)
    language_model: ModelInUse | None = None
    has_current_statements: bool = True

    notices: tuple[str, ...] = ()

    def renew_statements(self) -> int:
        self.has_current_statements = True
        return len(self.shelf)

    @property
    def library(self) -> Folder:
        return Folder(self.folder)

    def documents(self) -> list[Document]:
        return list(self.shelf.values())

    def entries(self) -> list[DocumentEntry]:
        return [_entry(document) for document in self.shelf.values()]

    def edit_metadata(self, document_id: str, **changes: object) -> Document:
        document = self.document(document_id)
        basis = dict(document.basis) | dict.fromkeys(changes, "user")
        self.shelf[document_id] = replace(document, basis=tuple(basis.items()), **changes)
        return self.shelf[document_id]

    def document(self, document_id: str) -> Document:
        if document_id not in self.shelf:
            raise DocumentNotFoundError(f"No document has the id {document_id!r}.")
        return self.shelf[document_id]

    def document_statements(self, document_id: str) -> tuple[Statement, ...]:
        document = self.shelf.get(document_id)
        sentences = _SENTENCE.finditer(document.text) if document else ()
        said = (_SAID.search(item.string, item.start(), item.end()) for item in sentences if " said " in item.group())
        return tuple(_statement(document, match) for match in said if match and document)

    def add(
        self,
        *paths: str | Path,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,  # noqa: ARG002  (it is never slow)
    ) -> AddReport:
        added, updated, refused = [], [], []
        for number, path in enumerate(map(Path, paths)):
            if progress:
                progress(Progress(number, len(paths), str(path), "read"))
            text = path.read_text(encoding="utf-8")
            if not text.strip():
                refused.append(Refusal(str(path), f"{path.name} is empty. Add a file with text."))
                continue
            known = {document.source_path: document.id for document in self.shelf.values() if document.source_path}
            name = known.get(str(path)) or (path.name if path.name not in self.shelf else f"{path.parent.name}/{path.name}")
            (updated if str(path) in known else added).append(name)
            self.shelf[name] = replace(Document.from_text(text, id=name), source_path=str(path))
        return AddReport(tuple(added), tuple(updated), (), tuple(refused))

    def add_documents(self, documents: Iterable[Document]) -> AddReport:
        names = []
        for document in documents:
            self.shelf[document.id] = document
            names.append(document.id)
        return AddReport(tuple(names))

    def remove(self, document: str | Path) -> Document:
        found = self.document(str(document))
        del self.shelf[found.id]
        forget_in_conversations(self.folder, [found.id])
        return found

    def ask(
        self,
        question: str,
        *,
        conversation: Conversation | None = None,
        filter: SearchFilter = SearchFilter(),  # noqa: A002, B008
    ) -> Answer:
        standalone = self._standalone(question, conversation)
        citations = tuple(self._citations(standalone, filter))
        if not citations:
            sentence = AnswerSentence("The documents do not answer this.")
            return Answer(
                question, standalone, (sentence,), (), "not_in_documents", notices=(f"Searched {len(self.shelf)} documents.",)
            )
        sentences = tuple(_answer_sentence(citation) for citation in citations)
        status = "accounts_differ" if "differ" in question.lower() else "answered"
        return Answer(question, standalone, sentences, citations, status)

    def stream(
        self,
        question: str,
        *,
        conversation: Conversation | None = None,
        filter: SearchFilter = SearchFilter(),  # noqa: A002, B008
    ) -> Iterator[StreamEvent]:
        answer = self.ask(question, conversation=conversation, filter=filter)
        yield Searching(answer.standalone_question)
        by_marker = {citation.marker: citation for citation in answer.citations}
        for sentence in answer.sentences:
            time.sleep(self.pause)
            yield SentenceReady(sentence, tuple(by_marker[marker] for marker in sentence.markers))
        if self.gate is not None:
            assert self.gate.wait(PATIENCE)
        yield Finished(answer)

    def search(self, query: str, *, k: int = 10, filter: SearchFilter = SearchFilter()) -> list[Hit]:  # noqa: A002, B008
        citations = list(self._citations(query, filter))[:k]
        return [Hit(citation.passage, 1 / number, number) for number, citation in enumerate(citations, start=1)]

    def check_quote(self, quote: str, *, speaker: str | None = None) -> QuoteCheck:
        found = [item for item in self._citations(quote, SearchFilter()) if quote in item.document.text]
        return QuoteCheck(quote, speaker, "exact" if found else "not_found", tuple(found[:1]), (), "")

    def find_evidence(self, words: str, *, answer: Answer | None = None) -> WordEvidence:
        cited = answer.citations if answer else tuple(self._citations(words, SearchFilter()))
        places = []
        for citation in cited:
            start = citation.document.text.find(words, citation.start)
            if start >= 0:
                places.append(WordPlace(citation, (Span(start, start + len(words)),)))
        return WordEvidence(words, "quoted" if places else "nothing", tuple(places))

    def brief(
        self,
        about: str = "",
        *,
        parts: Sequence[str] = ("summary",),  # noqa: ARG002
        dossier: str | None = None,  # noqa: ARG002
        filter: SearchFilter = SearchFilter(),  # noqa: A002, B008
    ) -> Answer:
        return replace(self.ask(about or "talks", filter=filter), question=about)

    def dossiers(self) -> list[Dossier]:
        return []

    def positions_by_dossier(self, *, filter: StatementFilter | None = None) -> list[tuple[str, PositionTable]]:  # noqa: A002, ARG002
        return []

    def keep_dossiers(self, dossiers: Iterable[Dossier]) -> None:
        raise NotImplementedError

    def issues(self, *, documents: Sequence[str] = ()) -> IssueList:  # noqa: ARG002
        return IssueList()

    def keep_issues(self, issues: IssueList) -> None:
        raise NotImplementedError

    def suggested_questions(self, count: int = 4) -> list[str]:
        return [f"Who said “{document.title}”?" for document in self.shelf.values()][:count]

    def close(self) -> None:
        return

    def rest(self) -> bool:
        return True

    def warm_up(self) -> None:
        return

    def _standalone(self, question: str, conversation: Conversation | None) -> str:
        earlier = conversation.turns[-1].standalone if conversation and conversation.turns else ""
        return f"{question.rstrip('?')}, about: {earlier}" if earlier and question.lower().startswith("and ") else question

    def _citations(self, question: str, filter: SearchFilter) -> Iterator[Citation]:  # noqa: A002
        wanted = {word for word in re.findall(r"\w{4,}", question.lower()) if word not in ("said", "what", "about", "differ")}
        marker = 0
        for document in self.shelf.values():
            if filter.document_ids and document.id not in filter.document_ids:
                continue
            for match in _SENTENCE.finditer(document.text):
                if wanted & set(re.findall(r"\w{4,}", match.group().lower())):
                    marker += 1
                    yield _citation(document, match, marker)


def _entry(document: Document) -> DocumentEntry:
    return DocumentEntry(
        document.id,
        document.title,
        document.outlet,
        document.author,
        document.date,
        document.language,
        document.source_path,
        document.sha256,
        len(document.pages),
        document.basis,
    )


def _citation(document: Document, match: re.Match[str], marker: int) -> Citation:
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    end = match.end()
    quote = document.text[start:end]
    said = _SAID.fullmatch(quote)
    statement = _statement(document, said, start) if said else None
    attribution = f"{statement.speaker}: direct quotation" if statement else "in the document's own voice"
    passage = Passage(marker, document.id, max(0, start - 40), min(len(document.text), end + 40), 0)
    return Citation(marker, document, passage, start, end, quote, statement, attribution, document.page_at(start), verified=True)


def _statement(document: Document, match: re.Match[str], offset: int = 0) -> Statement:
    content = Span(offset + match.start("content"), offset + match.end("content"))
    speaker = match["speaker"]
    return Statement(
        document_id=document.id,
        content=(content,),
        cue=None,
        cue_lemma="say",
        mode="direct",
        speaker=speaker,
        speaker_span=Span(offset + match.start("speaker"), offset + match.end("speaker")),
        speaker_kind="anonymous" if "official" in speaker else "named",
    )


def _answer_sentence(citation: Citation) -> AnswerSentence:
    frame = f"{citation.statement.speaker} said: " if citation.statement else "In the document's own words: "
    quoted = Span(len(frame), len(frame) + len(citation.quote))
    return AnswerSentence(frame + citation.quote, (citation.marker,), (quoted,))
