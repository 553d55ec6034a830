"""Ten nights on a made-up GitHub with everything that can happen: no candidate is lost, and none is offered twice."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

import pytest

from generator.github.api import GithubError
from generator.github.plan import Kind
from generator.records import store
from generator.review.living import living_status
from tests.github.conftest import House
from tests.github.hub import TOKEN, git
from tests.surveillance.nights.world import FIRST_DAY, Document

_EXCLUDED = "decision: {outcome: exclude, stage: title-abstract, reason: no-tea, by: [pat], on: 2026-11-02}\n"
DAYS = [FIRST_DAY + dt.timedelta(days=number) for number in range(10)]


@dataclass(frozen=True)
class Hostile(Document):
    """A document whose title tries everything that GitHub acts on."""

    @property
    def title(self) -> str:
        return (
            f"Made-up {self.number} </details> <!-- living-review: waiting --> @octocat fixes #1 `x` GH-1"
            " ::set-output name=x::y ```"
        )


def last_searched(house: House, source: str) -> dt.date | None:
    """Return the date that the site shows."""
    records = store.load(house.built()).records
    assert records.protocol
    dates = living_status(records, records.protocol, house.world.today).sources
    return next(one.last_searched_on for one in dates if one.source.id == source)


def test_ten_nights(house: House) -> None:  # noqa: PLR0915 - ten nights are one story
    hub, world = house.hub, house.world
    one, two, four = Document(1, DAYS[0]), Document(2, DAYS[0]), Hostile(4, DAYS[2])
    three, five = Document(3, DAYS[0], trial=True), Document(5, DAYS[4], trial=True)
    six, seven = Document(6, DAYS[4]), Document(7, DAYS[7])
    world.documents = [one, two, three, four, five, six, seven]
    shown: Counter[str] = Counter()

    # The first night is a busy one
    assert house.night(0).kind is Kind.PROPOSED
    first = hub.thread(1)
    assert (first.branch, first.title) == (f"nightly/{DAYS[0]}", f"Search of {DAYS[0]}: 3 new candidates")
    assert first.labels == ["nightly-search"]
    assert house.shown_on(1) == {one.key, two.key, three.key}
    shown.update(house.shown_on(1))
    assert "search-log" not in hub.branches()

    # A reviewer edits on the branch, badly at first; the second night is a quiet one
    path = house.path_of(first.branch, one.key)
    before = hub.read(first.branch, path)
    edit = hub.edit(first.branch, {path: before + "decision: {outcome: [\n"})
    assert house.night(1).kind is Kind.QUIET
    assert hub.open_pulls() == [1]
    assert hub.all_files("search-log") == [f"studies/searches/2026/{DAYS[1]}.yml"]
    assert last_searched(house, "tea-index") == DAYS[1]

    # The third is busy, with a hostile title
    assert house.night(2).kind is Kind.PROPOSED
    assert house.shown_on(2) == {four.key}
    shown.update(house.shown_on(2))
    for sign in ("@octocat", "</details> <!--", "`x`", "GH-1", "fixes #1", "```"):
        assert sign not in hub.thread(2).body, sign
    assert "octocat" in hub.thread(2).body
    hub.thread(2).comments.append(("made-up-pat", "I am on it."))

    # What the reviewer did is mended, decided and merged; on the fourth night a source fails
    hub.edit(first.branch, {path: before + _EXCLUDED})
    hub.merge(1)
    assert edit in git(hub.origin, "log", "--format=%H", "main").splitlines()
    assert house.night(3, failing=2).kind is Kind.QUIET
    assert last_searched(house, "tea-index") == DAYS[1]
    assert last_searched(house, "cup-register") == DAYS[3]

    # It goes on failing while the register brings something; the third time an issue is opened
    assert house.night(4, failing=2).kind is Kind.PROPOSED
    assert house.shown_on(3) == {five.key}
    shown.update(house.shown_on(3))
    assert hub.issues() == []
    assert house.night(5, failing=2).kind is Kind.QUIET
    (issue,) = hub.issues()
    assert issue.title == f"Search of Made-up Tea Index has failed since {DAYS[3]}"
    assert "status 500" in issue.body

    # On the seventh night it answers again
    assert house.night(6).kind is Kind.PROPOSED
    assert house.shown_on(5) == {six.key}
    shown.update(house.shown_on(5))
    assert not issue.open
    assert f"answered in full on {DAYS[6]}" in issue.comments[0][1]
    assert house.nowhere() == set()

    # Three are open: the eighth night's find waits, and is counted in the newest
    assert hub.open_pulls() == [2, 3, 5]
    tips = hub.tips()
    assert house.night(7).kind is Kind.HELD
    assert hub.tips() == tips, "nothing is written"
    assert "would add 1 new candidate." in hub.thread(5).body
    assert house.nowhere() == {seven.key}

    # One is closed without decision: the ninth night offers it again beside what waited
    hub.thread(5).body = hub.thread(5).body.replace("- [ ]", "- [x]")
    hub.close(2, delete_branch=True)
    assert house.night(8).kind is Kind.PROPOSED
    assert hub.open_pulls() == [3, 5, 6]
    assert house.shown_on(6) == {four.key, seven.key}
    shown.update(house.shown_on(6))
    assert "was in #2, which was closed without decision" in hub.thread(6).body
    assert "More is waiting" not in hub.thread(5).body
    assert "- [x]" in hub.thread(5).body, "the reviewer's ticks stay"
    assert not hub.thread(2).open, "what a person closed stays closed"

    # Before the tenth night the token has expired; then it is quiet
    hub.token = "another"  # noqa: S105 - made up
    with pytest.raises(GithubError, match="token is wrong or has expired"):
        house.night(9)
    hub.token = TOKEN
    assert house.night(9, hour=3).kind is Kind.QUIET
    assert last_searched(house, "tea-index") == DAYS[9]

    # In the end nothing is lost, and only what was closed was shown a second time
    assert house.nowhere() == set()
    assert shown == Counter({found.key: 2 if found is four else 1 for found in world.documents})
    for number in hub.open_pulls():
        hub.merge(number)
    assert sorted(house.candidates("main")) == sorted(found.key for found in world.documents)
    assert house.night(9, hour=5).kind is Kind.NOTHING
    house.built()
    assert len(hub.issues()) == 1
    assert hub.enabled == ["nightly.yml"] * 11
