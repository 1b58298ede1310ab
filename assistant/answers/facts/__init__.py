"""Answers to what happened: the best sentence, accounts that agree or differ, questions of whether, false premises."""
