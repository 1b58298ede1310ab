"""`python -m ui.cli` is `parley`."""

import sys

from ui.cli.main import main

sys.exit(main())
