"""Collects what is only known once all pages are read: the homes of publications, and their dated entries."""

from __future__ import annotations

from dataclasses import replace

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_cv_ext.extension import kept, site
from sphinx_cv_ext.extension.build import Build, Gathered, Home
from sphinx_cv_ext.extension.domain import CvDomain
from sphinx_cv_ext.extension.entries import entries_of
from sphinx_cv_ext.model.cv import Entry


def gather(app: Sphinx, env: BuildEnvironment) -> None:
    """Find the home of each publication, and the dated entries that belong to it; see `Gathered`."""
    by_key: dict[str, list[Entry]] = {}
    talks = []
    for entry in entries_of(env):
        for key in entry.publications:
            by_key.setdefault(key, []).append(entry)
        if entry.kind.name == "talk" and entry.period:
            talks.append(entry)
    told = {key: kept.digest([replace(entry, body=()) for entry in entries]) for key, entries in by_key.items()}
    Build.of(env).gathered = Gathered(_homes(env), by_key, told, talks)


def _homes(env: BuildEnvironment) -> dict[str, Home]:
    """The home of each publication that is in a list.

    That is the longest list that has it; among equally long ones it is the first in the order of the site;
    that of a shown CV only if no other list has it.
    """
    order = {docname: place for place, docname in enumerate(site.order(env))}
    lists = [
        (not record.is_home, -len(record.ids), order.get(docname, len(order)), docname, record.ids)
        for docname, records in CvDomain.of(env).shown.items()
        for record in records
        if record.ids
    ]
    homes: dict[str, Home] = {}
    for *_order, docname, ids in sorted(lists, key=lambda found: found[:4]):
        for key, target in ids.items():
            homes.setdefault(key, Home(docname, target))
    return homes
