"""A question and what was found for it in, an `Answer` out: facts, statements, comparisons, refusals."""
