"""Nights with faults and kills: candidates lost, candidates offered twice. `python -m tests.benchmarks.faults 300`

The number says how many schedules are played; they are drawn the same way every time. The exit code is 1 when anything
was lost or repeated.
"""

import sys

from tests.surveillance.nights.schedules import Outcome, drawn, play


def main() -> None:
    """Play schedules and print the counts."""
    n_schedules = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    total = sum((play(one) for one in drawn(n_schedules)), Outcome())
    print(
        f"{n_schedules} schedules, {total.n_nights} nights, {total.n_faults} faults, {total.n_kills} kills, "
        f"{total.n_documents} documents: candidates lost {total.n_lost}, duplicated {total.n_repeated}"
    )
    sys.exit(1 if total.n_lost or total.n_repeated else 0)


if __name__ == "__main__":
    main()
