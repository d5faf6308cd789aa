"""Regular expressions for bare identifiers, each for a whole one without a prefix, and for where addresses begin."""

# DOI Handbook, section 2.2. ACM once had a host of its own for DOIs.
DOI = r"10\.\d{4,9}/\S+"
DOI_ADDRESS = r"https?://(?:dx\.|www\.)?doi\.(?:acm\.)?org/"
# arXiv's identifier schemes of 1991 and of April 2007, and the version that may follow; arXiv's DOIs end with them.
ARXIV_ID = r"(?:\d{4}\.\d{4,5}|[a-z][a-z-]*(?:\.[A-Z]{2})?/\d{7})"
ARXIV_VERSION = r"(?:v\d+)?"
ARXIV_ADDRESS = r"https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/"
ARXIV_DOI = r"10\.48550/arxiv\."
ORCID = r"(?:\d{4}-){3}\d{3}[\dX]"
# ISO 3297; often without its hyphen.
ISSN = r"\d{4}-?\d{3}[\dX]"
