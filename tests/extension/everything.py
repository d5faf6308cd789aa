"""A small project that uses everything: every directive, role, option and kind of entry, in MyST and reST."""

from __future__ import annotations

from typing import Any

REFS = r"""
@inproceedings{example2021net,
  title     = {{NetOfThings}: a {Net} \emph{for} Things},
  author    = {Example, Ada and Sample, Grace and {The Example Team} and Doe, Jane and others},
  author+an = {1=corresponding; 2=equal; 4=equal},
  author+an:note = {1="Now elsewhere"},
  booktitle = {International Conference on Examples},
  abbr      = {ICE},
  year      = {2021},
  pages     = {1--9},
  acceptance = {365/1900},
  award     = {Best Paper Award, 2/358, https://example.org/prize; Oral, 40/3240},
  code      = {https://example.org/code?a=1&b=2},
  pdf       = {papers/net.pdf},
  doi       = {10.1000/net_1},
  keywords  = {nets, things},
  note      = {With a \href{https://example.org/remark}{remark} and 100\% care},
  selected  = {true},
}
@article{sample2020over,
  title   = {Over and Out},
  author  = {Sample, Grace and Example, A.},
  journal = {Journal of Samples},
  year    = 2020,
  volume  = 3,
  number  = 1,
  acceptance = {24%},
  keywords = {things},
}
@online{DBLP:journals/corr/x_1,
  title  = {A Preprint},
  author = {Example, Ada},
  year   = 2020,
  eprint = {2001.00001},
  pubstate = {preprint},
}
@book{müller2019,
  title = {Grüße},
  author = {Müller, Jörg and 例, 中},
  publisher = {Example Press},
  year = 2019,
}
@misc{Twin, title = {The Upper Twin}, author = {Example, Ada}, year = 2018}
@misc{undated, title = {Without a Year}, author = {Sample, Grace}}
"""

INDEX = """# Ada Example

:::{entries} talk, honor
:limit: 2
:compact:
:::

:::{links}
:scholar: ABC
:github: ada-example
:email: ada@example.org
:cv: papers/cv.pdf
:::

:::{figures}
:::

## Selected

:::{publications}
:selected:
:form: compact
:authors: 1
:::

She wrote {cite}`example2021net`, {cite:t}`sample2020over` and {cite:p}`DBLP:journals/corr/x_1`; see also
{cite}`müller2019,Twin` and {cite:year}`undated`.

:::{toctree}
publications
cv
topics
plain
:::
"""

PUBLICATIONS = """# Publications

:::{publications}
:group: year
:::
"""

CV = """# CV

:::{position} 2019-05/present
:what: Researcher
:where: Example Labs
:place: Town

- Built things {cite}`example2021net`
:::

:::{cv} full
:title: Everything about Ada
:show:

profile
position = Work: limit 3
figures
publications: group venue
talk: compact
honor
:::

:::{honor} Fall 2019
:what: Golden Example
:where: Guild
:people: with Grace Sample
:publication: example2021net
:slides: https://example.org/slides
:::

:::{education} 2010/2014
:what: "Ph.D.: Examples"
:where: Example University
:::

:::{talk} 2018-10-05
:what: On Examples
:url: https://example.org/talk
:where: Example Hall
:::

:::{teaching} 2018
:what: Course
:::

:::{service}
:what: Reviewer
:::

:::{media} 2020-01-02/2020-01-05
:what: In the Papers
:where: The Example
:::

:::{award} Best Paper Award
:rate: 2/358
:url: https://example.org/prize
:::

:::{acceptance} 16/876
:::

:::{award}
:key: example2021net
:::

:::{acceptance}
:key: example2021net
:::

:::{links}
:key: example2021net
:::

In words: {award}`Best Demo, 1/90`, {award}`@example2021net`, {acceptance}`365/1900`, {acceptance}`@sample2020over`,
{links}`code https://example.org/other` and {links}`@example2021net`.
"""

TOPICS = """Topics
======

.. publications::
   :group: keyword
   :form: compact

Cited :cite:`example2021net`, badged :award:`@example2021net` and :acceptance:`1/3`.

.. note::

   .. publications::
      :group: type

.. talk:: 2020
   :what: In reST
"""

PLAIN = """# Plain

{cite:p}`example2021net`

```{bibliography}
:filter: key % "net"
```
"""

FILES: dict[str, str | bytes] = {
    "refs.bib": REFS,
    "index.md": INDEX,
    "publications.md": PUBLICATIONS,
    "cv.md": CV,
    "topics.rst": TOPICS,
    "plain.md": PLAIN,
    "papers/net.pdf": b"%PDF-1.4 net\xff",
    "papers/cv.pdf": b"%PDF-1.4 cv\xff",
}

SETTINGS: dict[str, Any] = {
    "cv_pages": "all",
    "cv_profile": {"name": "Ada Example", "native_name": "例中", "spellings": ["A. Example"]},
    "man_pages": [("index", "ada", "Ada Example", "Ada Example", 7)],
    "version": "1",
    "linkcheck_ignore": [".*"],
    "suppress_warnings": ["epub.unknown_project_files"],
}
