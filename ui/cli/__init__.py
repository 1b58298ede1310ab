"""The `parley` command.

Exit codes: 0 done or answered; 1 the documents do not answer, a quotation was not found as given, files were refused, or
a check failed; 2 wrong usage; 3 an error that the message explains; 130 stopped by the user.
"""

from parley.ui.cli.main import main

__all__ = ["main"]
