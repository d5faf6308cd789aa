"""How fast a site is built, beside others: ``python -m tests.benchmarks``. pytest collects nothing here."""
