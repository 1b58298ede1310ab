"""The public surface. (Being written.)

class Assistant:
    @classmethod
    def open(cls, path: str | Path = "library", *, model: str | None = None, read_only: bool = False) -> Assistant
    library: index.library.Library
    def add(self, *paths, progress: Callable[[Progress], None] | None = None, cancelled: Callable[[], bool] | None = None) -> AddReport
    def add_documents(self, documents: Iterable[Document], *, progress=None, cancelled=None) -> AddReport
    def remove(self, document: str) -> Document                 # by id or path; DocumentNotFoundError
    def documents(self) -> list[Document]
    def document(self, document_id: str) -> Document            # DocumentNotFoundError
    def ask(self, question: str, *, conversation: Conversation | None = None, filter: SearchFilter | None = None) -> Answer
    def stream(self, question: str, *, conversation=None, filter=None) -> Iterator[StreamEvent]
        # StreamEvent = Searching(standalone_question) | SentenceReady(AnswerSentence, tuple[Citation, ...]) | Finished(Answer)
    def conversation(self) -> Chat        # chat.ask(question) -> Answer, chat.conversation -> Conversation (immutable)
    def search(self, query: str, *, k: int = 10, filter=None) -> list[Hit]
    def check_quote(self, quote: str, *, speaker: str | None = None) -> QuoteCheck
    def statements(self, *, party=None, speaker=None, issue=None, stance=None, status=None, outlet=None, since=None, until=None,
                   firsthand_only=False) -> list[AttributedStatement]
    def suggested_questions(self, count: int = 4) -> list[str]  # made from the library's own statements
    def as_retriever(self) / as_query_engine(self) / as_chat_engine(self)
    def doctor(self, *, mend: bool = True) -> DoctorReport
    def close(self); context manager
"""
