"""The profile site, built once for all tests however many processes they run in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.built import ADDRESS, Site, build_profile


@pytest.fixture(scope="session")
def profile(shared_folder: Path) -> Site:
    """The site as a clone of this repository builds it."""
    return build_profile(shared_folder, "html", "")


@pytest.fixture(
    scope="session",
    params=[(builder, address) for builder in ("html", "dirhtml") for address in (ADDRESS, "")],
    ids=lambda value: f"{value[0]}-{'with' if value[1] else 'without'}-address",
)
def any_site(request: pytest.FixtureRequest, shared_folder: Path) -> Site:
    """Each form in which the site is published."""
    return build_profile(shared_folder, *request.param)
