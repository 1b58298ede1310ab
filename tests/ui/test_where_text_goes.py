from __future__ import annotations

import pytest

from parley import Destination, ModelInUse
from parley.ui.html.where_text_goes import where_text_goes_html

LOCAL = Destination("http://127.0.0.1:8080/v1", is_local=True)
REMOTE = Destination("https://api.example.org/v1", is_local=False)


@pytest.mark.parametrize(
    ("model", "told", "leaves"),
    [
        (None, "Answers are quotations. Nothing leaves this machine.", False),
        (ModelInUse("qwen", LOCAL), "http://127.0.0.1:8080/v1", False),
        (ModelInUse("qwen", REMOTE), "https://api.example.org/v1", True),
        (ModelInUse("x", Destination(None, is_local=False)), "an address that it does not tell", True),
    ],
)
def test_the_page_says_where_text_goes(model: ModelInUse | None, told: str, leaves: bool) -> None:
    html = where_text_goes_html(model)
    assert told in html
    assert ("Nothing leaves this machine" in html) is not leaves
    assert ("outside this machine" in html) is leaves
    assert ('leaves"' in html) is leaves


def test_a_models_name_is_escaped() -> None:
    assert "<img" not in where_text_goes_html(ModelInUse("<img src=x>", LOCAL))


def test_a_model_that_is_not_permitted_is_named_and_said_not_to_be_asked() -> None:
    html = where_text_goes_html(None, REMOTE)
    assert "Nothing leaves this machine" in html
    assert "<strong>https://api.example.org/v1</strong> is not asked" in html
    assert "outside this machine" not in html
