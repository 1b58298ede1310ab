"""What language models are told: one Markdown file per task, each with a version, rendered strictly.

`load_prompt("answer").render(question=…)` gives the two messages of a request. A prompt is changed by editing its file and
raising its version, which evaluation reports record.
"""

from parley.prompts.rendering import Prompt, PromptError, RenderedPrompt, load_prompt, prompt_names

__all__ = ["Prompt", "PromptError", "RenderedPrompt", "load_prompt", "prompt_names"]
