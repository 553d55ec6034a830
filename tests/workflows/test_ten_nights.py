"""The workflow files themselves, run by act over ten nights, with the real verbs and a made-up GitHub.

What this leaves unproved: actions of others are stood in by `actions/` here (checkout, set-up of Python, artifacts,
Pages, the token of an app), so neither their inputs nor what GitHub's runners bring is tried. `permissions`,
`concurrency`, `environment`, the filters under `on` and approval of forks are GitHub's alone: act runs every job with
one token that the made-up GitHub believes. The program comes from this machine, not from an installation.
"""

import re

from tests.github.hub import TOKEN
from tests.github.test_ten_nights import DAYS, Hostile
from tests.surveillance.nights.faults import Fault
from tests.surveillance.nights.world import Document
from tests.workflows.conftest import Workshop

_EXCLUDED = "decision: {outcome: exclude, stage: title-abstract, reason: no-tea, by: [pat, sam], on: 2026-11-02}\n"


def search(workshop: Workshop, day: int, *, succeeds: bool = True, hour: int = 2) -> str:
    """Run the search of a night."""
    return workshop.run("nightly.yml", "schedule", day=day, hour=hour, jobs=("search",), succeeds=succeeds)


def settles_what_was_decided(workshop: Workshop, path: str, key: str) -> None:
    """What was merged with a decision is moved by a pull request of its own, which is proposed once."""
    hub = workshop.hub
    workshop.run("settle.yml", "push", {"ref": "refs/heads/main"}, day=1, hour=9)
    settled = hub.thread(2)
    assert (settled.branch, settled.title, settled.open) == ("settled", "Settle decided candidates", True)
    assert path not in hub.files("settled")
    assert key in hub.read("settled", "studies/screened/2026.yml")
    assert f"removed `{path}`" in settled.body
    workshop.run("settle.yml", "workflow_dispatch", day=1, hour=10)
    assert len(hub.threads) == 2
    hub.merge(2)


def test_ten_nights(workshop: Workshop) -> None:
    hub, house = workshop.hub, workshop.house
    one, two, hostile = Document(1, DAYS[0]), Document(2, DAYS[0]), Hostile(4, DAYS[2])
    five, six = Document(5, DAYS[6], trial=True), Document(6, DAYS[8])
    house.world.documents = [one, two, hostile, five, six]

    # 1: a busy one
    search(workshop, 0)
    assert (hub.thread(1).branch, hub.open_pulls()) == (f"nightly/{DAYS[0]}", [1])
    assert house.shown_on(1) == {one.key, two.key}
    assert hub.enabled == ["nightly.yml"]

    # 2: a reviewer decides on the branch; the night is quiet, and the whole workflow settles nothing and publishes
    path = house.path_of(hub.thread(1).branch, one.key)
    edited = hub.edit(hub.thread(1).branch, {path: hub.read(hub.thread(1).branch, path) + _EXCLUDED})
    log = workshop.run("nightly.yml", "schedule", day=1)
    assert "studies: nothing to propose" in log
    assert hub.open_pulls() == [1]
    assert hub.tips()[hub.thread(1).branch] == edited, "the reviewer's commit stays"
    assert hub.all_files("search-log") == [f"studies/searches/2026/{DAYS[1]}.yml"]
    published = (workshop.artifacts / "published" / "searches.html").read_text(encoding="utf-8")
    assert re.search(r"2 November 2026|2026-11-02", published), "the site shows the search of the quiet night"

    # The pull request is merged
    hub.merge(1)
    settles_what_was_decided(workshop, path, one.key)

    # 3: an injection attempt in a title
    search(workshop, 2)
    assert house.shown_on(3) == {hostile.key}
    for sign in ("@octocat", "</details> <!--", "`x`", "fixes #1"):
        assert sign not in hub.thread(3).body, sign

    # 4: a source fails; the run is red, and the log says why
    house.nights.server.faults = iter([Fault.COME_TOMORROW])
    assert "Made-up Tea Index" in search(workshop, 3, succeeds=False)
    assert "error:" in hub.read("search-log", f"studies/searches/2026/{DAYS[3]}.yml")

    # 5: the token has expired; 6: GitHub answers 502 to writing. 7 repairs both: nothing is lost
    tips = hub.tips()
    workshop.token = "made-up-old-token"  # noqa: S105 - made up
    assert "the token is wrong or has expired" in search(workshop, 4, succeeds=False)
    workshop.token = TOKEN
    hub.fault_at = {("POST", "/pulls"): 502}
    house.world.documents.append(Document(7, DAYS[5]))
    search(workshop, 5, succeeds=False)
    assert hub.tips().keys() - tips.keys() == {f"nightly/{DAYS[5]}"}
    hub.fault_at = {}
    search(workshop, 6)
    assert hub.open_pulls() == [3, 4, 5]
    assert house.nowhere() == {one.key}, "all but what was decided"

    # 8: one is closed without decision, and what it held is offered again, from now on with the token of an app
    hub.close(3)
    hub.token, workshop.variables = "made-up-app-token", {"LIVING_REVIEW_APP_ID": "1"}
    search(workshop, 7)
    assert (hub.thread(3).open, house.shown_on(6)) == (False, {hostile.key})
    assert "was in #3, which was closed without decision" in hub.thread(6).body

    # 9: three are open, so the find waits; 10: one was merged, and the find is there
    tips = hub.tips()
    search(workshop, 8)
    assert hub.tips() == tips
    assert house.nowhere() == {one.key, six.key}
    hub.merge(4)
    search(workshop, 9)
    assert house.nowhere() == {one.key}
    assert TOKEN not in "".join(one.body + "".join(told for _, told in one.comments) for one in hub.threads)
