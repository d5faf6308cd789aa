"""Programs for those who work on the code; none of them belongs to the package."""
