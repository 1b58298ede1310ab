"""The parts of the quotation check: where words stand, whose they are, what the document does with them, what comes nearest."""
