"""Regular expressions for bare identifiers, each for a whole one without an address or a prefix."""

# DOI Handbook, section 2.2.
DOI = r"10\.\d{4,9}/\S+"
# arXiv's identifier schemes of 1991 and of April 2007, and the version that may follow.
ARXIV_ID = r"(?:\d{4}\.\d{4,5}|[a-z][a-z-]*(?:\.[A-Z]{2})?/\d{7})"
ARXIV_VERSION = r"(?:v\d+)?"
ORCID = r"(?:\d{4}-){3}\d{3}[\dX]"
