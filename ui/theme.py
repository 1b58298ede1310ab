"""The look: a reading room, with system fonts only; details are in style.css."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

_HERE = Path(__file__).parent

STYLE = _HERE / "style.css"
SCRIPT = _HERE / "script.js"

_SANS = ("Inter", "Helvetica Neue", "Segoe UI", "Noto Sans", "DejaVu Sans", "Arial", "sans-serif")
_MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "DejaVu Sans Mono", "monospace")


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
    made.set(
        body_background_fill="var(--paper)",
        body_background_fill_dark="var(--paper)",
        body_text_color="var(--ink)",
        body_text_color_dark="var(--ink)",
        background_fill_primary="var(--sheet)",
        background_fill_primary_dark="var(--sheet)",
        background_fill_secondary="var(--paper)",
        background_fill_secondary_dark="var(--paper)",
        border_color_primary="var(--rule)",
        border_color_primary_dark="var(--rule)",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_shadow="none",
        input_background_fill="var(--sheet)",
        input_background_fill_dark="var(--sheet)",
        input_border_color="var(--rule)",
        input_border_color_dark="var(--rule)",
        button_primary_background_fill="var(--accent)",
        button_primary_background_fill_dark="var(--accent)",
        button_primary_background_fill_hover="var(--accent-strong)",
        button_primary_background_fill_hover_dark="var(--accent-strong)",
        button_primary_text_color="var(--on-accent)",
        button_primary_text_color_dark="var(--on-accent)",
        button_secondary_background_fill="transparent",
        button_secondary_background_fill_dark="transparent",
        button_secondary_text_color="var(--ink)",
        button_secondary_text_color_dark="var(--ink)",
        link_text_color="var(--accent)",
        link_text_color_dark="var(--accent)",
    )
    return made
