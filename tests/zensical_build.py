"""Builds the written pages with Zensical instead of MkDocs: `python -m tests.zensical_build build/zensical`.

Zensical reads the same settings but no hooks, so the pages must have been written before (`living-review build`).
"""

import os
import subprocess
import sys
from pathlib import Path

import yaml

from generator.site.website import OUTPUT

FOLDER = Path(OUTPUT).parent
SETTINGS = FOLDER / "zensical.yml"


def build(root: Path, target: Path) -> subprocess.CompletedProcess[str]:
    """Build the pages that were written below `root` into `root/target`; return how that ended and what was said."""
    settings = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8"))
    settings.pop("hooks", None)
    settings["theme"]["custom_dir"] = os.path.relpath(settings["theme"]["custom_dir"], FOLDER)
    settings |= {"docs_dir": os.path.relpath(OUTPUT, FOLDER), "site_dir": os.path.relpath(target, FOLDER)}
    (root / SETTINGS).write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--clean", "--strict", "--config-file", str(SETTINGS)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )


def main() -> int:
    """Build the project in the current folder into the folder that is named as the argument."""
    done = build(Path.cwd(), Path(sys.argv[1]))
    sys.stdout.write(done.stdout + done.stderr)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
