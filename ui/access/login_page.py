"""The page that asks for name and password."""

from __future__ import annotations

from parley.ui.html.markup import text_html
from parley.ui.html.styles import view_style

_STYLE = """
.login { max-width: 22rem; margin: 14vh auto 0; padding: 0 1.25rem; }
.login h1 { font: 600 30px/1.2 var(--serif); margin: 0 0 1.2rem; }
.login form { display: block; padding: .4rem 1.25rem 1.4rem; }
.login label { display: block; font: 600 14px/1.4 var(--sans); margin: .9rem 0 .3rem; }
.login input { box-sizing: border-box; width: 100%; height: auto; font: 16px/1.4 var(--sans); padding: .55rem .7rem;
  color: var(--ink); background: var(--sheet); border: 1px solid var(--rule-strong); border-radius: 4px; }
.login button { margin-top: 1.3rem; height: auto; font: 600 15px/1.2 var(--sans); padding: .7rem 1.2rem; border: 0;
  border-radius: 4px; background: var(--accent); color: var(--on-accent); cursor: pointer; }
.login .problem { font: 15px/1.45 var(--sans); color: var(--warn); background: var(--warn-wash); padding: .6rem .8rem; }
"""


def login_page(problem: str, goal: str) -> str:
    """The page; `problem` is text, `goal` where to go on to."""
    told = f'<p class="problem" role="alert">{text_html(problem)}</p>' if problem else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Log in · Parley</title>'
        f'<style>{view_style(None)}{_STYLE}</style></head><body><main class="login"><h1>Parley</h1>{told}'
        f'<form method="post" action="/login"><input type="hidden" name="next" value="{text_html(goal)}">'
        '<label for="name">Name</label><input id="name" name="name" autocomplete="username" maxlength="64" required autofocus>'
        '<label for="password">Password</label><input id="password" name="password" type="password" '
        'autocomplete="current-password" maxlength="1000" required><button>Log in</button></form></main></body></html>'
    )
