"""Plain frozen values: what a publication is, whatever it was read from and whatever it becomes.

Standard library only. Nothing here knows BibTeX, docutils or Sphinx.
"""
