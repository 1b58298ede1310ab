"""A language model's sentences on the page: one by one, each once it is checked, and those that fail never."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from parley import Assistant, ModelSettings
from tests.browser.conftest import ask, open_page, serving, watched
from tests.drafting.talks import documents
from tests.fakes import HashingEmbedder
from tests.language_model import scripted_server
from tests.language_model.scripted_server import Reply

QUESTION = "What did Ana Ortiz tell the Gazette about the union's claim?"
FIRST = "Ana Ortiz told the Gazette that the union probably will drop its claim for 30 extra days of leave."
SECOND = "Piet Vos said both sides agreed in principle to meet again on 4 May."
FALSE = "Piet Vos said the union surely signed the treaty."

_WATCH = """() => {
  window.seen = [];
  new MutationObserver(() => {
    const answer = [...document.querySelectorAll('#chat .answer')].at(-1);
    if (!answer) return;
    const sentences = [...answer.querySelectorAll('.sentence')];
    window.seen.push({
      running: answer.querySelector('.working') !== null,
      text: answer.innerText,
      whole: sentences.every((item) => item.querySelector('a[href^="#cite-"]') !== null),
      count: sentences.length,
    });
  }).observe(document.querySelector('#chat'), { childList: true, subtree: true, characterData: true });
}"""


def test_checked_sentences_appear_while_the_model_writes_on(chromium: Browser, tmp_path: Path) -> None:
    draft = [f"{FIRST} [S1] ", SECOND[:9], f"{SECOND[9:]} [S1] ", FALSE[:9], f"{FALSE[9:]} [S1]"]

    def script(messages: list[dict[str, str]]) -> Reply:
        if messages[0]["content"].startswith("You correct"):
            return Reply.text("The sources do not answer this.")
        return Reply(draft, pause=1.0)

    with scripted_server.serving(script) as server:
        settings = ModelSettings(base_url=server.url, model="small")
        with (
            Assistant.open(tmp_path / "library", embedding=HashingEmbedder(), llm=settings) as assistant,
            serving(assistant) as url,
            watched(chromium) as context,
        ):
            assistant.add_documents(documents())
            page = open_page(context, url)
            page.evaluate(_WATCH)
            ask(page, QUESTION)
            answer = page.locator("#chat .answer").last
            expect(answer).to_contain_text(FIRST)
            expect(answer).to_contain_text(SECOND)
            seen = page.evaluate("window.seen")
    running = [state for state in seen if state["running"]]
    assert {state["count"] for state in running} >= {0, 1, 2}
    assert any(FIRST in state["text"] and SECOND not in state["text"] for state in running)
    assert any("small is writing" in state["text"] and state["count"] for state in running)
    assert all(state["whole"] for state in seen)
    assert not any("surely" in state["text"] or "[S" in state["text"] for state in seen)
