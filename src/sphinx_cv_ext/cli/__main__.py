"""``python -m sphinx_cv_ext.cli``, for where the command itself is not on the path."""

from __future__ import annotations

import sys

from sphinx_cv_ext.cli import main

sys.exit(main())
