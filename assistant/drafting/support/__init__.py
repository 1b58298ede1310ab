"""Whether a text supports a claim, without a language model."""
