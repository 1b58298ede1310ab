"""The look: a reading room, with system fonts only; details are in the style sheets of ui/html/assets."""

from __future__ import annotations

import gradio as gr

from parley.ui.html.styles import chat_style

_ICON = (
    "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='4' fill='%231f4e6b'/%3E"
    "%3Ctext x='16' y='24' font-family='Georgia,serif' font-weight='700' font-size='23' text-anchor='middle' fill='white'%3EP"
    "%3C/text%3E%3C/svg%3E"
)

_SANS = ("Inter", "Helvetica Neue", "Segoe UI", "Noto Sans", "DejaVu Sans", "Arial", "sans-serif")
_MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "DejaVu Sans Mono", "monospace")

_VALUES = {
    "body_background_fill": "var(--paper)",
    "body_background_fill_dark": "var(--paper)",
    "body_text_color": "var(--ink)",
    "body_text_color_dark": "var(--ink)",
    "background_fill_primary": "var(--sheet)",
    "background_fill_primary_dark": "var(--sheet)",
    "background_fill_secondary": "var(--paper)",
    "background_fill_secondary_dark": "var(--paper)",
    "border_color_primary": "var(--rule)",
    "border_color_primary_dark": "var(--rule)",
    "block_background_fill": "transparent",
    "block_background_fill_dark": "transparent",
    "block_border_width": "0px",
    "block_shadow": "none",
    "input_background_fill": "var(--sheet)",
    "input_background_fill_dark": "var(--sheet)",
    "input_border_color": "var(--rule)",
    "input_border_color_dark": "var(--rule)",
    "button_primary_background_fill": "var(--accent)",
    "button_primary_background_fill_dark": "var(--accent)",
    "button_primary_background_fill_hover": "var(--accent-strong)",
    "button_primary_background_fill_hover_dark": "var(--accent-strong)",
    "button_primary_text_color": "var(--on-accent)",
    "button_primary_text_color_dark": "var(--on-accent)",
    "button_secondary_background_fill": "transparent",
    "button_secondary_background_fill_dark": "transparent",
    "button_secondary_text_color": "var(--ink)",
    "button_secondary_text_color_dark": "var(--ink)",
    "link_text_color": "var(--accent)",
    "link_text_color_dark": "var(--accent)",
}
"""Colours are the custom properties of page/colours.css, which have other values in the dark."""


def theme() -> gr.themes.Base:
    """Gradio's plainest theme in our colours; `Font`, not `GoogleFont`, so that nothing is fetched."""
    made = gr.themes.Base(
        primary_hue="slate",
        neutral_hue="stone",
        radius_size="sm",
        text_size="md",
        font=[gr.themes.Font(name) for name in _SANS],
        font_mono=[gr.themes.Font(name) for name in _MONO],
    )
    made.set(**_VALUES)
    return made


def head() -> str:
    """What goes into the page's head: the style sheet and the icon.

    Gradio would prefix the selectors of its own option for style sheets, which then could not depend on the state of the body.
    """
    return f'<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,{_ICON}">\n<style>\n{chat_style()}</style>'
