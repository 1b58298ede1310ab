"""What axe-core finds, what the keyboard reaches, what stays readable on a phone and in the dark."""

import re
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from parley import Document
from parley.ui.access.accounts import UserFile
from parley.ui.access.callers import Callers
from parley.ui.library.libraries import LibraryFolders
from tests.browser.conftest import ask, open_page, ready, serving, watched
from tests.browser.test_several_libraries import opened


def serious_findings(page):
    result = Axe().run(page).response
    assert len(result["passes"]) > 10
    return [
        (finding["impact"], finding["id"], [node["html"][:120] for node in finding["nodes"]])
        for finding in result["violations"]
        if finding["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_has_no_serious_finding_in_the_main_states(chromium, talks_url, scheme, width):
    with watched(chromium, color_scheme=scheme) as context:
        page = open_page(context, talks_url)
        page.set_viewport_size({"width": width, "height": 844})
        assert serious_findings(page) == []
        ask(page, "Who proposed the POW exchange categories?")
        ask(page, "Who won the football world cup in 1998?")
        assert serious_findings(page) == []
        page.locator("#chat a.cite").first.click()
        expect(page.locator("#source mark.quote").first).to_be_visible()
        assert serious_findings(page) == []


@pytest.fixture(scope="module")
def login_url(tmp_path_factory):
    """A server with a login and two libraries."""
    folder = tmp_path_factory.mktemp("people")
    first = opened(folder / "first")
    first.add_documents([Document.from_text("The ferry sails at noon, said the harbour master.", id="ferry.txt")])
    opened(folder / "shelf" / "River talks")
    users = UserFile(folder / "users.tsv")
    users.add("ann", "the password of ann")
    with serving(first, others=LibraryFolders(folder / "shelf", opened), callers=Callers(users=users)) as url:
        yield url


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_has_no_serious_finding_in_login_libraries_and_dialogs(chromium, login_url, scheme, width):
    with watched(chromium, color_scheme=scheme) as context:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(login_url)
        # One below the other, none over another.
        places = [
            page.locator(f".login {place}").bounding_box()
            for place in ("[for=name]", "#name", "[for=password]", "#password", "button")
        ]
        assert all(above["y"] + above["height"] <= below["y"] for above, below in pairwise(places))
        page.get_by_label("Name").fill("ann")
        page.get_by_label("Password").fill("something else")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_be_visible()
        assert serious_findings(page) == []
        page.get_by_label("Name").fill("ann")
        page.get_by_label("Password").fill("the password of ann")
        page.keyboard.press("Enter")
        ready(page)
        if width < 1100:
            page.locator("#toggle-library").click()
        expect(page.locator(".libraries a")).to_have_text(["first", "River talks"])
        assert serious_findings(page) == []
        page.keyboard.press("Escape")
        ask(page, "When does the ferry sail?")
        page.locator("#chat .judge").last.click()
        expect(page.locator("#feedback")).to_be_visible()
        assert serious_findings(page) == []
        page.get_by_label("Wrong speaker").check()
        page.get_by_role("button", name="Keep").click()
        expect(page.locator("#chat .judged").last).to_contain_text("Wrong speaker")
        page.locator("#chat .edit").last.click()
        expect(page.locator("#chat .editor textarea")).to_be_focused()
        assert serious_findings(page) == []


def test_nothing_runs_off_a_phone(chromium, talks_url):
    with watched(chromium) as context:
        page = open_page(context, talks_url)
        page.set_viewport_size({"width": 390, "height": 844})
        page.reload()
        ready(page)
        expect(page.locator("#library-pane")).to_be_hidden()
        ask(page, "Who proposed the POW exchange categories?")
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        page.locator("#chat a.cite").first.click()
        expect(page.locator("#source mark.quote").first).to_be_in_viewport()
        page.locator("#close-source").click()
        page.locator("#toggle-library").click()
        expect(page.locator(".document-item").first).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#library-pane")).to_be_hidden()


def test_dark_is_chosen_and_remembered(chromium, talks_url):
    with watched(chromium, color_scheme="light") as context:
        page = open_page(context, talks_url)
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.locator("#toggle-dark").click()
        expect(page.locator("body")).to_have_class(re.compile(r"\bdark\b"))
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != paper
        page.reload()
        ready(page)
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != paper


def test_a_screen_reader_is_told_when_the_answer_is_there(open_chat, talks_url):
    page = open_chat(talks_url)
    ask(page, "Who proposed the POW exchange categories?")
    expect(page.locator("[role=status][aria-live=polite]").last).to_contain_text("Answer ready.")
    # Gradio's own label would read the message's markup out.
    expect(page.locator("#chat [data-testid][aria-label]")).to_have_count(0)
    expect(page.get_by_role("link", name="Source 1 (quotation verified)").first).to_be_visible()
    expect(page.get_by_role("textbox", name="Question")).to_have_count(1)


def test_on_a_phone_nothing_that_opens_is_wider_than_it(chromium, talks_url):
    with watched(chromium) as context:
        page = open_page(context, talks_url)
        page.set_viewport_size({"width": 390, "height": 844})
        ask(page, "Who proposed the POW exchange categories?")
        page.locator("#chat a.cite").first.focus()
        for opened_by, place in ((None, "#hover-card"), ("#open-scope", "#scope-panel"), ("#chat .judge", "#feedback")):
            if opened_by:
                page.locator(opened_by).last.click()
            expect(page.locator(place)).to_be_visible()
            if place == "#scope-panel":
                # The keyboard goes on in what has opened, which can be scrolled and does not lie over the question.
                expect(page.locator("#scope-panel input").first).to_be_focused()
                assert page.evaluate("getComputedStyle(document.querySelector('#scope-panel')).overflowY") == "auto"
            box = page.locator(place).bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390
            page.keyboard.press("Escape")
        page.locator("#toggle-library").click()
        page.locator("#library-pane input").first.focus()
        page.keyboard.press("Escape")
        expect(page.locator("#toggle-library")).to_be_focused()


def test_a_question_asked_far_above_the_end_comes_into_view_with_the_beginning_of_its_answer(chromium, talks_url):
    with watched(chromium) as context:
        page = open_page(context, talks_url)
        page.set_viewport_size({"width": 390, "height": 500})
        for question in ("Who proposed the POW exchange categories?", "Who won the football world cup in 1998?"):
            ask(page, question)
        page.locator("#chat .asked").first.evaluate("(element) => element.scrollIntoView()")
        expect(page.locator("#chat .asked").last).not_to_be_in_viewport()
        ask(page, "How long did Tuesday's session in Brenn last?")
        expect(page.locator("#chat .asked").last).to_be_in_viewport(ratio=0.9)
        expect(page.locator("#chat .answer").last.locator(".said").first).to_be_in_viewport()
        page.reload()
        expect(page.locator("#chat .asked").last).to_be_in_viewport(ratio=0.9)
