"""The site engine with the hook: a preview that follows the records, and survives records with mistakes."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator import cli

ROOT = Path(__file__).parent.parent
PATIENCE_SECONDS = 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "studies", tmp_path / "studies")
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copytree(ROOT / "generator", tmp_path / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    assert cli.main(["build", "--root", str(tmp_path)]) == cli.FINE
    return tmp_path


@pytest.fixture
def preview(folder: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (folder / "serve.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
        cwd=folder,
        stdout=log,
        stderr=log,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1"},
    )
    address = f"http://127.0.0.1:{port}/studies/wilson-2024.html"
    try:
        wait_until(lambda: "Wilson 2024" in fetch(address), folder)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


def fetch(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=5) as response:  # noqa: S310 - our own server on this machine
            return str(response.read().decode())
    except OSError:  # not there yet, or busy rebuilding
        return ""


def wait_until(condition: Callable[[], bool], folder: Path) -> None:
    stop = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > stop:
            pytest.fail("the preview did not follow:\n" + (folder / "serve.log").read_text()[-3000:])
        time.sleep(0.3)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_preview_follows_records_templates_and_pages_and_survives_mistakes(folder: Path, preview: str) -> None:
    study = folder / "studies/included/wilson-2024.yml"
    replace(study, "n_enrolled: 20", "n_enrolled: 2021")
    wait_until(lambda: ">2021" in fetch(preview), folder)

    replace(study, "n_enrolled: 2021", "n_enrolled: many")
    wait_until(lambda: "expected a whole number such as 20, found 'many'" in (folder / "serve.log").read_text(), folder)
    replace(study, "n_enrolled: many", "n_enrolled: 2022")
    wait_until(lambda: ">2022" in fetch(preview), folder)

    page = folder / "docs/about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nA made-up sentence.\n", encoding="utf-8")
    about = preview.replace("studies/wilson-2024", "about")
    wait_until(lambda: "A made-up sentence." in fetch(about), folder)

    replace(folder / "generator/site/pages/study.md.j2", "## People", "## People who took part")
    wait_until(lambda: "People who took part" in fetch(preview), folder)


def test_a_build_stops_on_records_with_errors(folder: Path) -> None:
    replace(folder / "studies/included/wilson-2024.yml", "n_enrolled: 20", "n_enrolled: twenty")
    process = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )
    assert process.returncode != 0
    assert "expected a whole number such as 20, found 'twenty'" in process.stdout + process.stderr
    assert not (folder / "site" / "index.html").exists()
