"""What Hugo reads beside the references: settings and templates, by the names of their files."""

from __future__ import annotations

FILES = {
    "hugo.toml": 'baseURL = "https://example.org/"\ntitle = "Ada Example"\n[taxonomies]\n',
    "content/_index.md": '{"title": "Ada Example"}\n',
    "content/publications/_index.md": '{"title": "Publications"}\n',
    "layouts/_default/baseof.html": """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }} - {{ .Site.Title }}</title>
<link rel="canonical" href="{{ .Permalink }}">{{ block "head" . }}{{ end }}</head>
<body><nav><a href="{{ .Site.Home.RelPermalink }}">{{ .Site.Title }}</a>
<a href="{{ "publications/" | relURL }}">Publications</a></nav>
<main><h1>{{ .Title }}</h1>{{ block "main" . }}{{ end }}</main></body></html>
""",
    "layouts/_default/single.html": """{{ define "head" }}
<meta name="description" content="{{ .Summary | plainify | truncate 200 }}">
<meta property="og:title" content="{{ .Title }}"><meta property="og:url" content="{{ .Permalink }}">
<meta name="citation_title" content="{{ .Title }}">
{{ range .Params.authors }}<meta name="citation_author" content="{{ . }}">{{ end }}
<meta name="citation_publication_date" content="{{ .Date.Format "2006/01/02" }}">
<meta name="citation_doi" content="{{ .Params.doi }}">
<script type="application/ld+json">{{ dict "@context" "https://schema.org" "@type" "ScholarlyArticle" "name" .Title
  "author" .Params.authors "datePublished" (.Date.Format "2006-01") | jsonify | safeJS }}</script>
{{ end }}{{ define "main" }}
<p>{{ delimit .Params.authors ", " }}</p><p>{{ .Params.venue }}, {{ .Date.Year }}, {{ .Params.pages }}</p>
{{ .Content }}
<p><a href="https://doi.org/{{ .Params.doi }}">DOI</a></p>
<details><summary>BibTeX</summary><pre>{{ .Params.bibtex }}</pre></details>
<nav>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
{{ end }}
""",
    "layouts/_default/list.html": """{{ define "main" }}{{ range .RegularPages.GroupByDate "2006" }}
<h2>{{ .Key }}</h2><ul>{{ range .Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a><br>{{ delimit .Params.authors ", " }}<br>{{ .Params.venue }}
<details><summary>BibTeX</summary><pre>{{ .Params.bibtex }}</pre></details></li>{{ end }}</ul>
{{ end }}{{ end }}
""",
}

_RIS = """TY  - JOUR
ID  - {{ .File.ContentBaseName }}
{{ range .Params.authors }}AU  - {{ . }}
{{ end }}TI  - {{ .Title }}
T2  - {{ .Params.venue }}
PY  - {{ .Date.Year }}
DA  - {{ .Date.Format "2006/01" }}//
SP  - {{ .Params.pages }}
DO  - {{ .Params.doi }}
{{ range .Params.tags }}KW  - {{ . }}
{{ end }}AB  - {{ .Plain }}
ER  -
"""
_BIBLATEX = """@article{ {{- .File.ContentBaseName }},
  author = { {{- delimit .Params.authors " and " }}},
  title = { {{- .Title }}},
  journaltitle = { {{- .Params.venue }}},
  date = { {{- .Date.Format "2006-01" }}},
  pages = { {{- .Params.pages }}},
  doi = { {{- .Params.doi }}},
  keywords = { {{- delimit .Params.tags ", " }}},
  abstract = { {{- .Plain }}},
}
"""
_CSL = """{{ $people := slice }}{{ range .Params.authors -}}
{{ $people = $people | append (dict "literal" .) }}{{ end -}}
{{ dict "id" .File.ContentBaseName "type" "article-journal" "author" $people "title" .Title
  "container-title" .Params.venue "issued" (dict "date-parts" (slice (slice .Date.Year (int .Date.Month))))
  "page" .Params.pages "DOI" .Params.doi "keyword" (delimit .Params.tags ", ") "abstract" .Plain
  | jsonify (dict "indent" "  ") }}
"""
_ONE = {"bib": "{{ .Params.bibtex }}\n", "biblatex": _BIBLATEX, "ris": _RIS, "csl": _CSL}

FILES_TO_TAKE_AWAY = {
    "hugo.toml": """baseURL = "https://example.org/"
title = "Ada Example"
[taxonomies]
[outputs]
page = ["HTML", "bib", "biblatex", "ris", "csl"]
section = ["HTML", "RSS", "bib", "biblatex", "ris", "csl", "words"]
[mediaTypes."text/x-bib"]
suffixes = ["bib"]
[mediaTypes."text/x-biblatex"]
suffixes = ["biblatex.bib"]
[mediaTypes."text/x-ris"]
suffixes = ["ris"]
[mediaTypes."text/x-csl"]
suffixes = ["csl.json"]
[outputFormats.bib]
mediaType = "text/x-bib"
isPlainText = true
[outputFormats.biblatex]
mediaType = "text/x-biblatex"
isPlainText = true
[outputFormats.ris]
mediaType = "text/x-ris"
isPlainText = true
[outputFormats.csl]
mediaType = "text/x-csl"
isPlainText = true
[outputFormats.words]
mediaType = "application/json"
baseName = "words"
isPlainText = true
""",
    **{f"layouts/partials/one.{name}": text for name, text in _ONE.items()},
    **{f"layouts/_default/single.{name}.{name}": f'{{{{ partial "one.{name}" . }}}}' for name in _ONE},
    **{
        f"layouts/_default/list.{name}.{name}": f'{{{{ range .RegularPages }}}}{{{{ partial "one.{name}" . }}}}'
        "{{ end }}"
        for name in _ONE
    },
    "layouts/_default/list.csl.csl": """[{{ range $place, $page := .RegularPages }}{{ if $place }},{{ end }}
{{- partial "one.csl" $page }}{{ end }}]
""",
    "layouts/_default/list.words.json": """{{ $found := slice }}{{ range .RegularPages -}}
{{ $found = $found | append (dict "url" .RelPermalink "title" .Title "authors" .Params.authors "words" .Plain) -}}
{{ end }}{{ $found | jsonify }}
""",
}
