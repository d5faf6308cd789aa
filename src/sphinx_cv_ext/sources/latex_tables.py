"""What LaTeX's commands and HTML's tags stand for, one table per kind, apart from the code that reads them.

Sources: the LaTeX Companion's tables of accents and symbols, ``textcomp``, ``fontenc`` T1, and what reference
managers and publishers are seen to export.
"""

from __future__ import annotations

from sphinx_cv_ext.model.text import Style


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ACCENTS: dict[str, str] = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "h": "\u0309",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "G": "\u030f",
    "f": "\u0311",
    "d": "\u0323",
    "textcommabelow": "\u0326",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
}
"""An accent command's name to the combining character that it puts on the letter after it."""

SPACING_ACCENTS: dict[str, str] = {
    "\u0300": "`",
    "\u0301": "´",
    "\u0302": "^",
    "\u0303": "~",
    "\u0304": "¯",
    "\u0306": "˘",
    "\u0307": "˙",
    "\u0308": '"',
    "\u030a": "˚",
    "\u030b": "˝",
    "\u030c": "ˇ",
    "\u0327": "¸",
    "\u0328": "˛",
}
"""What an accent with no letter under it shows, as in ``\\~{}``; the others show nothing."""

LETTERS: dict[str, str] = {
    "AA": "Å",
    "AE": "Æ",
    "DH": "Ð",
    "DJ": "Đ",
    "IJ": "Ĳ",
    "L": "Ł",
    "NG": "Ŋ",
    "O": "Ø",
    "OE": "Œ",
    "SS": "ẞ",
    "TH": "Þ",
    "aa": "å",
    "ae": "æ",
    "dh": "ð",
    "dj": "đ",
    "i": "ı",
    "ij": "ĳ",
    "j": "ȷ",
    "l": "ł",
    "ng": "ŋ",
    "o": "ø",
    "oe": "œ",
    "ss": "ß",
    "th": "þ",
    "imath": "ı",
    "jmath": "ȷ",
    "textschwa": "ə",
}
"""Letters outside ASCII."""

# In running text epsilon and phi are not told apart from their variants; a search should find either.
GREEK: dict[str, str] = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "varepsilon": "ε",
    "zeta": "ζ",
    "eta": "η",
    "theta": "θ",
    "vartheta": "ϑ",
    "iota": "ι",
    "kappa": "κ",
    "lambda": "λ",
    "mu": "μ",
    "nu": "ν",
    "xi": "ξ",
    "omicron": "ο",
    "pi": "π",
    "varpi": "ϖ",
    "rho": "ρ",
    "varrho": "ϱ",
    "sigma": "σ",
    "varsigma": "ς",
    "tau": "τ",
    "upsilon": "υ",
    "phi": "φ",
    "varphi": "φ",
    "chi": "χ",
    "psi": "ψ",
    "omega": "ω",
    "Gamma": "Γ",
    "Delta": "Δ",
    "Theta": "Θ",
    "Lambda": "Λ",
    "Xi": "Ξ",
    "Pi": "Π",
    "Sigma": "Σ",
    "Upsilon": "Υ",
    "Phi": "Φ",
    "Psi": "Ψ",
    "Omega": "Ω",
}
"""Greek letters, in formulas and, as exporters write them, outside."""

MATH_SYMBOLS: dict[str, str] = {
    "Box": "□",
    "Diamond": "◇",
    "Im": "ℑ",
    "Leftarrow": "⇐",
    "Leftrightarrow": "⇔",
    "Re": "ℜ",
    "Rightarrow": "⇒",
    "aleph": "ℵ",
    "angle": "∠",
    "approx": "≈",
    "ast": "*",
    "bullet": "•",
    "cap": "∩",
    "cdot": "·",
    "cdots": "⋯",
    "checkmark": "✓",
    "circ": "∘",
    "cong": "≅",
    "cup": "∪",
    "dagger": "†",
    "ddagger": "‡",
    "div": "÷",
    "downarrow": "↓",
    "ell": "ℓ",
    "emptyset": "∅",
    "equiv": "≡",
    "exists": "∃",
    "flat": "♭",
    "forall": "∀",
    "ge": "≥",
    "geq": "≥",
    "geqslant": "⩾",
    "gg": "≫",
    "gt": ">",
    "gtrsim": "≳",
    "hbar": "ℏ",
    "in": "∈",
    "infty": "∞",
    "int": "∫",
    "land": "∧",
    "langle": "⟨",
    "le": "≤",
    "leftarrow": "←",
    "leftrightarrow": "↔",
    "leq": "≤",
    "leqslant": "⩽",
    "lesssim": "≲",
    "ll": "≪",
    "lnot": "¬",
    "longrightarrow": "⟶",
    "lor": "∨",
    "lt": "<",
    "mapsto": "↦",
    "mid": "|",
    "mp": "∓",
    "nabla": "∇",
    "natural": "♮",
    "ne": "≠",
    "neg": "¬",
    "neq": "≠",
    "notin": "∉",
    "odot": "⊙",
    "oplus": "⊕",
    "otimes": "⊗",
    "parallel": "∥",
    "partial": "∂",
    "perp": "⊥",
    "pm": "±",
    "prime": "′",
    "prod": "∏",
    "propto": "∝",
    "rangle": "⟩",
    "rightarrow": "→",
    "rightleftharpoons": "⇌",
    "setminus": "∖",
    "sharp": "♯",
    "sim": "∼",
    "simeq": "≃",
    "square": "□",
    "star": "⋆",
    "subset": "⊂",
    "subseteq": "⊆",
    "sum": "∑",
    "supset": "⊃",
    "times": "×",
    "to": "→",
    "triangle": "△",
    "uparrow": "↑",
    "varnothing": "∅",
    "vee": "∨",
    "wedge": "∧",
}
"""Signs of mathematics that stand for one character."""

SYMBOLS: dict[str, str] = {
    "BibTeX": "BibTeX",
    "ConTeXt": "ConTeXt",
    "LaTeX": "LaTeX",
    "LaTeXe": "LaTeX2ε",
    "LuaLaTeX": "LuaLaTeX",
    "P": "¶",
    "S": "§",
    "TeX": "TeX",
    "XeLaTeX": "XeLaTeX",
    "XeTeX": "XeTeX",
    "backslash": "\\",
    "celsius": "°C",
    "copyright": "©",
    "dag": "†",
    "ddag": "‡",
    "degree": "°",
    "dots": "…",
    "dotsc": "…",
    "euro": "€",
    "EUR": "€",
    "glqq": "„",
    "grqq": "“",
    "glq": "‚",
    "grq": "‘",
    "flqq": "«",
    "frqq": "»",
    "flq": "‹",
    "frq": "›",
    "guillemetleft": "«",
    "guillemetright": "»",
    "guillemotleft": "«",
    "guillemotright": "»",
    "guilsinglleft": "‹",
    "guilsinglright": "›",
    "lbrace": "{",
    "lbrack": "[",
    "ldots": "…",
    "lq": "‘",
    "micro": "µ",
    "ohm": "Ω",
    "percent": "%",
    "pounds": "£",
    "quotedblbase": "„",
    "quotesinglbase": "‚",
    "rbrace": "}",
    "rbrack": "]",
    "rq": "’",
    "slash": "/",
    "textasciiacute": "´",
    "textasciicircum": "^",
    "textasciidieresis": "¨",
    "textasciigrave": "`",
    "textasciimacron": "¯",
    "textasciitilde": "~",
    "textasteriskcentered": "*",
    "textbackslash": "\\",
    "textbar": "|",
    "textbardbl": "‖",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textbullet": "•",
    "textcelsius": "°C",
    "textcent": "¢",
    "textcopyright": "©",
    "textcurrency": "¤",
    "textdagger": "†",
    "textdaggerdbl": "‡",
    "textdegree": "°",
    "textdiv": "÷",
    "textdollar": "$",
    "textellipsis": "…",
    "textemdash": "—",
    "textendash": "–",
    "texteuro": "€",
    "textexclamdown": "¡",
    "textgreater": ">",
    "texthyphen": "-",
    "textinfinity": "∞",
    "textleftarrow": "←",
    "textless": "<",
    "textmu": "µ",
    "textmultiply": "×",
    "textnumero": "№",
    "textohm": "Ω",
    "textonehalf": "½",
    "textonequarter": "¼",
    "textonesuperior": "¹",
    "textordfeminine": "ª",
    "textordmasculine": "º",
    "textparagraph": "¶",
    "textperiodcentered": "·",
    "textperthousand": "‰",
    "textpm": "±",
    "textquestiondown": "¿",
    "textquotedbl": '"',
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textquoteleft": "‘",
    "textquoteright": "’",
    "textquotesingle": "'",
    "textquotestraightbase": "‚",
    "textquotestraightdblbase": "„",
    "textregistered": "®",
    "textrightarrow": "→",
    "textsection": "§",
    "textservicemark": "℠",
    "textsterling": "£",
    "textthreequarters": "¾",
    "textthreesuperior": "³",
    "texttimes": "×",
    "texttrademark": "™",
    "texttwosuperior": "²",
    "textunderscore": "_",
    "textvisiblespace": "␣",
    "textyen": "¥",
    "yen": "¥",
}
"""Signs of running text, and the names of TeX's programs."""

SPACES: dict[str, str] = {
    "enskip": " ",
    "enspace": " ",
    "hfill": " ",
    "item": " ",
    "linebreak": " ",
    "newline": " ",
    "nobreakspace": "\u00a0",
    "par": " ",
    "qquad": " ",
    "quad": " ",
    "space": " ",
    "textcompwordmark": "",
    "thinspace": "\u202f",
    "thickspace": " ",
}
"""Commands that leave a space."""

CHARACTERS: dict[str, str] = {
    **LETTERS,
    **GREEK,
    **{f"text{name}": letter for name, letter in GREEK.items()},
    **MATH_SYMBOLS,
    **SYMBOLS,
    **SPACES,
}
"""Every command that stands for the same characters wherever it is written."""

CONTROL_SYMBOLS: dict[str, str] = {
    " ": " ",
    "\t": " ",
    "\n": " ",
    "\r": " ",
    "\\": " ",
    ",": "\u202f",
    ";": " ",
    ":": " ",
    ">": " ",
    "!": "",
    "-": "",
    "/": "",
    "@": "",
    "|": "‖",
}
"""A backslash before a character that is not a letter; any character not here stands for itself."""

STYLE_COMMANDS: dict[str, Style] = {
    "emph": Style.EMPHASIS,
    "mkbibemph": Style.EMPHASIS,
    "mkbibitalic": Style.EMPHASIS,
    "textit": Style.EMPHASIS,
    "textsl": Style.EMPHASIS,
    "mkbibbold": Style.STRONG,
    "textbf": Style.STRONG,
    "lstinline": Style.CODE,
    "texttt": Style.CODE,
    "textsc": Style.SMALL_CAPS,
    "sub": Style.SUBSCRIPT,
    "textsubscript": Style.SUBSCRIPT,
    "mkbibsuperscript": Style.SUPERSCRIPT,
    "super": Style.SUPERSCRIPT,
    "textsuperscript": Style.SUPERSCRIPT,
    "up": Style.SUPERSCRIPT,
}
"""Commands that style their argument."""

STYLE_SWITCHES: dict[str, Style] = {
    "em": Style.EMPHASIS,
    "it": Style.EMPHASIS,
    "itshape": Style.EMPHASIS,
    "sl": Style.EMPHASIS,
    "slshape": Style.EMPHASIS,
    "bf": Style.STRONG,
    "bfseries": Style.STRONG,
    "tt": Style.CODE,
    "ttfamily": Style.CODE,
    "sc": Style.SMALL_CAPS,
    "scshape": Style.SMALL_CAPS,
}
"""Commands that style all that follows in their group."""

QUOTING_COMMANDS: dict[str, tuple[str, str]] = {
    "enquote": ("“", "”"),
    "mkbibquote": ("“", "”"),
    "textquote": ("“", "”"),
    "mkbibparens": ("(", ")"),
    "mkbibbrackets": ("[", "]"),
}
"""Commands that put something before and after their argument."""

DROPPED_ARGUMENTS: dict[str, int] = {
    "SortNoop": 1,
    "begin": 1,
    "bibfield": 1,
    "bibinfo": 1,
    "cite": 1,
    "citep": 1,
    "citet": 1,
    "color": 1,
    "colorbox": 1,
    "end": 1,
    "fontsize": 2,
    "footnote": 1,
    "footnotemark": 0,
    "foreignlanguage": 1,
    "hphantom": 1,
    "hspace": 1,
    "index": 1,
    "inst": 1,
    "label": 1,
    "nocite": 1,
    "noopsort": 1,
    "orcid": 1,
    "orcidlink": 1,
    "phantom": 1,
    "raisebox": 1,
    "selectlanguage": 1,
    "textcolor": 1,
    "thanks": 1,
    "vphantom": 1,
    "vspace": 1,
}
"""How many arguments of a command are dropped; a further argument is text."""

SILENT: frozenset[str] = _words(
    """
    Huge LARGE Large allowbreak bgroup break centering displaystyle egroup footnotesize huge
    ignorespaces large leavevmode left limits mathstrut mdseries nobreak noindent nolinebreak nonumber
    normalfont normalsize null protect raggedright relax right rm rmfamily scriptsize scriptstyle sf
    sffamily small strut textstyle tiny unskip up upshape xspace
    """
)
"""Commands without an argument that show nothing."""

HTML_STYLES: dict[str, Style] = {
    "i": Style.EMPHASIS,
    "em": Style.EMPHASIS,
    "italic": Style.EMPHASIS,
    "b": Style.STRONG,
    "bold": Style.STRONG,
    "strong": Style.STRONG,
    "code": Style.CODE,
    "monospace": Style.CODE,
    "tt": Style.CODE,
    "sc": Style.SMALL_CAPS,
    "scp": Style.SMALL_CAPS,
    "sub": Style.SUBSCRIPT,
    "inf": Style.SUBSCRIPT,
    "sup": Style.SUPERSCRIPT,
}
"""Tags of HTML, JATS and Zotero that stand for a style."""

HTML_RAW: frozenset[str] = frozenset({"script", "style", "annotation", "annotation-xml"})
"""Tags whose content is not for readers: programs, and the second wording of a MathML formula."""

HTML_BLOCKS: frozenset[str] = _words(
    """
    abstract article blockquote br dd div dl dt figure h1 h2 h3 h4 h5 h6 hr label li list list-item ol p
    pre section sec table tbody td th thead title tr ul
    """
)
"""Tags that separate words: each is replaced with a space."""

HTML_INLINE: frozenset[str] = _words(
    """
    abbr acronym alternatives article-title big cite dfn disp-formula ext-link font formula html img
    inline-formula inline-graphic ins del kbd mark named-content q ruby rp rt s samp sans-serif small
    span strike styled-content tex-math u underline uri var wbr xref math mrow mi mo mn ms mspace mtext
    msub msup msubsup mfrac msqrt mroot mover munder munderover mfenced mtable mtr mtd mstyle mpadded
    mphantom menclose merror mmultiscripts mprescripts semantics
    """
)
"""Further tags, MathML's among them, that vanish while their text stays."""

HTML_PREFIXES: tuple[str, ...] = ("jats", "mml", "m", "ce", "xhtml", "html", "tei", "sb")
"""Namespace prefixes that publishers leave before a tag."""

UNSAFE_MATH: frozenset[str] = _words(
    """
    bbox catcode class csname cssId data def edef gdef global href htmlClass htmlData htmlId htmlStyle
    include includegraphics input let mmlToken newcommand newenvironment openin read renewcommand
    require style unicode url write xdef
    """
)
"""Commands that make a formula a program, a link or a style sheet for MathJax, KaTeX or TeX."""
