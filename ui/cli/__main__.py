"""`python -m parley.ui.cli` is `parley`."""

import sys

from parley.ui.cli.main import main

sys.exit(main())
