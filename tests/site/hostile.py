"""A small site of data that no careful person would write, and that some file in the world holds."""

from __future__ import annotations

from typing import Any

SPELLED_OUT = {
    "%CONTROLS%": "\x00\x07\x0b\x7f\x85\u2028\ufeff\ufffe\U0001ffff",
    "%LONG%": "Wort" * 400,
    "%MANY%": " and ".join(f"Sample{n}, Bo" for n in range(300)),
}
"""Placeholders in `REFS` for what is long or cannot be seen."""

REFS = r"""
@article{a"b'c<d>e&f, title = {A "q" 'r' </title><script>alert(1)</script> ]]> <!-- & &amp; &#60;},
  author = {<b>, Ada & Bo and O'Nil, "Q" and {Group <i>of</i> "five"}},
  journal = {J"><img src=x>}, year = {2020}, pages = {1--9}, volume = {<1>}, number = {"2"},
  abstract = {One </script><b onclick=x>z</b>

Two & three}, keywords = {"><svg onload=a>, a&b}, selected = {true}}

@inproceedings{A B:c/d.e%20f#g?h, title = {Spaces in a key}, author = {Example, Ada}, booktitle = {C}, year = {2020},
  url = {https://example.org/a b"c<d>e|f[g]{h}\i^j`k?q="x"&y=<z>#f g|h[i]}, code = {https://example.org/%zz%},
  slides = {https://user:pa ss@example.org:80/}, video = {https://exämple.org/ü/例?ö=ß}, poster = {HTTPS://EXAMPLE.ORG},
  arxiv = {https://arxiv.org/abs/2001.00001v2"onclick="x}, website = {http://[::1/}, doi = {10.1000/a<b>"c"%d|e{f}}}

@inproceedings{a-b:c/d.e-20f-g-h, title = {Whose anchor may be the one before}, author = {Example, Ada},
  booktitle = {D}, year = {2020}}

@misc{例, title = {例 العربية עברית 😀}, author = {例, 中 and محمد, علي and Example, Ada}, year = {2019}}
@misc{Twin, title = {Upper}, author = {Example, Ada}, year = {2018}}
@misc{twin, title = {Lower}, author = {Example, Ada}, year = {2018}}
@misc{1, title = {}, author = {}, year = {}}
@misc{id1, title = {An id that others give}, author = {Example, Ada}}
@misc{index, title = {The name of a page}, author = {Example, Ada}}
@misc{search, title = {The name of another page}, author = {Example, Ada}}
@book{math, title = {$x < y$ and $\frac{a}{b} & \text{"c"}$, $</script>$ and $<img src=x onerror=alert(1)>$},
  editor = {Example, Ada}, year = {1999}}
@misc{controls, title = {A%CONTROLS%Z}, author = {Example, Ada},
  note = {x\href{javascript:alert(1)}{y} \href{https://example.org/"onclick=x}{z}}}
@misc{long, title = {%LONG%}, author = {%MANY%},
  year = {2000}, award = {Best <b>Paper</b> "Award", 1/1000000; Oral}, acceptance = {1/3}}
"""

INDEX = """# Ada <i>"Example"</i> & co

{cite}`a"b'c<d>e&f`, {cite}`math`, {cite:t}`twin` and {cite}`Twin`; {links}`@long` {award}`@long` {acceptance}`1/3`

:::{publications}
:selected:
:form: compact
:::

:::{figures}
:::

:::{links}
:website: https://example.org/?a="b"&c=<d>
:email: ada@example.org
:::

:::{talk} 2020
:what: '"A" talk & more'
:url: https://example.org/talk?a=1&b="2"
:::

```{toctree}
by-keyword
by-year
```
"""


def refs() -> str:
    text = REFS
    for short, meant in SPELLED_OUT.items():
        text = text.replace(short, meant)
    return text


FILES: dict[str, str | bytes] = {
    "refs.bib": refs(),
    "index.md": INDEX,
    "by-year.md": "# By year\n\n:::{publications}\n:group: year\n:::\n",
    "by-keyword.md": "# By keyword\n\n:::{publications}\n:group: keyword\n:form: compact\n:authors: 2\n:::\n",
}

SETTINGS: dict[str, Any] = {
    "cv_pages": "all",
    "cv_profile": {"name": 'Ada "Q" <Example>', "spellings": ["A. Example", "Ada Example"]},
    "html_baseurl": "https://example.org/en/latest/",
    "mathjax_path": "mathjax.js",
}
