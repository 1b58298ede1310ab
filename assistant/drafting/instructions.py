"""Telling sentences that give orders to a machine reader; an answer may not rest on them."""

from __future__ import annotations

import re

_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,60}\b(?:instruction|prompt|rule|direction|guideline|context|above|previous|prior)"
    r"|\b(?:you|thou)\s+(?:are|must\s+act\s+as|will\s+act\s+as|act\s+as)\s+(?:now\s+)?(?:an?\s+)?(?:ai|assistant|chatbot|language\s+model|bot|system|machine)\b"
    r"|\b(?:ai|artificial\s+intelligence|language\s+model|chatbot|assistant)s?\b[^.!?\n]{0,40}\b(?:must|should|shall|are\s+to|is\s+to)\s+"
    r"(?:answer|respond|reply|say|state|write|output|report|tell|claim|cite)"
    r"|(?:^|[\s>#*\"“(])(?:system|assistant|user|instruction)s?\s*(?:prompt|message|note|override)?\s*:"
    r"|<\|?(?:im_start|im_end|system|assistant|user|endoftext|s|/s|inst)\|?>|\[/?INST\]|<</?SYS>>"
    r"|\b(?:(?:when|if)\s+(?:you\s+are\s+)?asked|to\s+any\s+question|in\s+(?:your|the)\s+(?:answer|reply|response))\b[^.!?\n]{0,60}"
    r"\b(?:answer|respond|reply|say|state|write|output|tell|claim|cite)\b"
    r"|(?:^|[.!?:\n]\s*|\band\s+|\binstead,?\s+|\bplease\s+)(?:answer|respond|reply|output|print)\s+(?:only|with|that|by|in|exactly|instead|as|:|[\"“])"
    r"|(?:^|[.!?:\n]\s*|\band\s+|\binstead,?\s+|\bplease\s+)(?:say|state|write|tell\s+the\s+(?:user|reader)|claim)\s+(?:only\s+)?(?:that|:|[\"“])"
    r"|\b(?:reveal|print|repeat|show|output)\b[^.!?\n]{0,30}\b(?:system\s+prompt|instructions|api\s+key|password)\b",
    re.IGNORECASE,
)


def instructs_machine(sentence: str) -> bool:
    """Whether a sentence tells whoever answers from the document what to say or do.

    It looks for the forms such orders take (setting aside instructions, roles of a chat, "answer only …", "when asked, say …"),
    not for their matter; reported speech ("he asked them to ignore the rules") may be caught too, and is then only not used.
    """
    return _ORDERS.search(sentence) is not None
