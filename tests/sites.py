"""Whole sites for tests, built from a review's records as the published one is: pages first, then HTML by MkDocs."""

import datetime as dt
import fcntl
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.build import build

ROOT = Path(__file__).resolve().parent.parent
REVIEWS = {"made-up": ROOT / "tests" / "reviews" / "made-up-tea", "real": ROOT}
TODAY = dt.date(2026, 11, 30)


def site_of(name: str, factory: pytest.TempPathFactory) -> Path:
    """Return the built site of the review `name`, which is built once per run of the tests. Tests only read it."""
    folder = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # that of the whole run: what one process has built serves all of them
    root = folder / f"site-{name}"
    with (folder / f"site-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not root.exists():
            unfinished = factory.mktemp(root.name)
            write_pages(REVIEWS[name], unfinished)
            run_engine("mkdocs", "build", "--strict", "--quiet", folder=unfinished)
            unfinished.rename(root)
    return root / "site"


def write_pages(review: Path, root: Path) -> None:
    """Make `root` a folder of the project with the records of `review`, and write its pages."""
    for folder, source in (("studies", review), ("docs", ROOT)):
        shutil.copytree(source / folder, root / folder)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    # The hook would write the pages again, for the day on which the tests run.
    settings = re.sub(r"(?m)^hooks:.*$", "", settings)
    if "\nrepo_url:" not in settings:  # where it is set, the theme would ask the code host for numbers
        settings += "\nrepo_url: https://github.com/made-up/made-up\n"
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    built = build(root, TODAY)
    assert built.written, built.checked.problems


def run_engine(*arguments: str, folder: Path) -> None:
    """Run a site engine in `folder`; a failure or warning shows what it said."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def pages_of(site: Path) -> list[str]:
    """Return the paths of every page of a built site."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
