"""Time and peak memory of check, build and `mkdocs build` for made-up reviews of growing size.

Run: python -m tests.benchmarks.scale 100 1000 [10000]. Prints one row per size; CPU seconds are user and system time
of the whole process. The last columns are ratios within the same run, which hold on a noisy machine. The last one is
what a build after one edit takes beyond a check, as a part of that check: below 1 reading and checking dominate.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import made_up_records

ROOT = Path(__file__).parent.parent.parent
TODAY = "2026-01-31"
HEADS = (
    *("studies", "check s", "MiB", "build s", "MiB", "again s", "one edit s", "MiB", "mkdocs s", "MiB"),
    *("build/mkdocs", "check ms each", "rest after one edit/check"),
)


def measure(command: list[str], folder: Path) -> tuple[float, float]:
    """Run a command and return its CPU seconds and its peak memory in MiB."""
    with Path(os.devnull).open("w") as nothing:
        process = subprocess.Popen(
            command, cwd=folder, stdout=nothing, stderr=nothing, env=os.environ | {"PYTHONPATH": str(ROOT)}
        )
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed with status {status}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def prepare(folder: Path, n_studies: int) -> None:
    """Lay out a made-up review with the real site settings, built without the hook so that nothing runs twice."""
    made_up_records.write(folder, n_studies)
    shutil.copytree(ROOT / "docs", folder / "docs")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(settings.replace("hooks: [generator/mkdocs_hook.py]\n", ""), encoding="utf-8")


def main(sizes: list[int]) -> None:
    """Print the table."""
    python = sys.executable
    print("| " + " | ".join(HEADS) + " |\n|" + "--:|" * len(HEADS))
    for n_studies in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            prepare(folder, n_studies)
            verb = [python, "-m", "generator"]
            check, check_memory = measure([*verb, "check"], folder)
            build, build_memory = measure([*verb, "build", "--today", TODAY], folder)
            again, _ = measure([*verb, "build", "--today", TODAY], folder)
            edited = folder / "studies" / "included" / "made-up-0.yml"
            edited.write_text(
                edited.read_text(encoding="utf-8").replace("number 0 of", "number zero of"), encoding="utf-8"
            )
            edit, edit_memory = measure([*verb, "build", "--today", TODAY], folder)
            mkdocs, mkdocs_memory = measure([python, "-m", "mkdocs", "build", "--quiet"], folder)
            print(
                f"| {n_studies} | {check:.1f} | {check_memory:.0f} | {build:.1f} | {build_memory:.0f} | {again:.1f} "
                f"| {edit:.1f} | {edit_memory:.0f} | {mkdocs:.1f} | {mkdocs_memory:.0f} "
                f"| {build / mkdocs:.2f} | {1000 * check / n_studies:.2f} | {(edit - check) / check:.2f} |",
                flush=True,
            )


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main([int(size) for size in sys.argv[1:]] or [100, 1000])
