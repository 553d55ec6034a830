"""Messages: no change in two of them, no flood, no news of wording, whatever is edited and in what order."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.decision import Decision
from generator.model.records import Records
from generator.model.report import Event, EventKind
from generator.review import Review
from generator.review.changes import Change, ChangeKind, Weight
from generator.site.messages import MAX_LISTED, MAX_MESSAGES, Message, messages, stable_id
from generator.site.subscriptions import feeds
from tests.conftest import MADE_UP
from tests.evidence import read, with_protocol, with_studies, with_study
from tests.site.feeds.reading import SITE, change, files_of, listed_in, title, words

WORDING = frozenset({ChangeKind.SENTENCE})
PROTOCOL = read(MADE_UP).protocol
DAYS = [dt.date(2025, 1, day) for day in (1, 2, 3)]


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


def known_changes() -> st.SearchStrategy[list[Change]]:
    """Return lists of made-up changes in any order, many of a kind and day among them."""
    one = st.tuples(st.sampled_from(ChangeKind), st.sampled_from(DAYS), st.sampled_from(Weight))
    several = st.lists(one, max_size=60)
    listed = several.map(
        lambda found: [
            replace(change(number, kind, on), weight=weight) for number, (kind, on, weight) in enumerate(found)
        ]
    )
    return listed.flatmap(st.permutations)


@given(known_changes(), st.lists(st.integers(0, 60), max_size=5))
def test_no_order_of_edits_puts_a_change_into_two_messages(found: list[Change], stops: list[int]) -> None:
    seen_in: dict[str, set[str]] = {}
    dated: dict[str, set[dt.date]] = {}
    for stop in (*sorted(stops), len(found)):
        known = found[:stop]
        built = messages(PROTOCOL, known)
        assert len({message.id for message in built}) == len(built)
        assert sum(message.n_changes for message in built) == sum(one.kind not in WORDING for one in known)
        for message in built:
            dated.setdefault(message.id, set()).add(message.on)
            for one in listed_in(message, known):
                seen_in.setdefault(one, set()).add(message.id)
    assert all(len(ids) == 1 for ids in seen_in.values())
    assert all(len(days) == 1 for days in dated.values())


@given(known_changes(), st.randoms(use_true_random=False))
def test_the_order_of_records_changes_no_byte(found: list[Change], chance: random.Random) -> None:
    shuffled = chance.sample(found, len(found))
    assert messages(PROTOCOL, shuffled) == messages(PROTOCOL, found)


def test_the_order_of_files_changes_no_byte(review: Review) -> None:
    parts: dict[str, Any] = {part.name: getattr(review.records, part.name) for part in fields(review.records)}
    turned = {name: dict(reversed(held.items())) for name, held in parts.items() if isinstance(held, dict)}
    assert len(turned) > 5
    assert files_of(replace(review, records=Records(**parts | turned))) == files_of(review)


@pytest.mark.parametrize("n", [1, 2, MAX_LISTED, MAX_LISTED + 1, 300])
def test_many_changes_of_a_kind_and_day_are_one_message(n: int) -> None:
    (built,) = messages(PROTOCOL, [change(number) for number in range(n)])
    (alone,) = messages(PROTOCOL, [change(0)])
    assert (built.id, built.on, built.n_changes) == (alone.id, alone.on, n)
    assert len(listed_in(built, [change(number) for number in range(n)])) == min(n, MAX_LISTED)
    left = n - MAX_LISTED
    assert (f"And {left} more." in words(built.html)) is (left > 0)
    assert (f"And {left} more." in built.text) is (left > 0)
    assert built.title == (title(0) if n == 1 else f"{n} registered trials added on 2025-01-01")


def test_a_list_names_what_matters_most_first() -> None:
    found = [*(change(number) for number in range(MAX_LISTED)), replace(change(99), weight=Weight.MAJOR)]
    (built,) = messages(PROTOCOL, found)
    assert built.text.startswith(title(99))


def test_a_message_of_several_leads_to_the_month_and_to_each(review: Review) -> None:
    at_address = with_protocol(review, site=SITE).protocol
    (built,) = messages(at_address, [change(1), replace(change(2), place="studies/made-up.md#top")])
    assert built.url == f"{SITE}/updates/2025-01.html"
    assert f'<a href="{SITE}/studies/made-up.html#top">{title(2)}</a>' in built.html
    assert f'<a href="{SITE}/trials.html">{title(1)}</a>' in built.html


def test_kinds_and_days_have_messages_of_their_own() -> None:
    found = [change(1), change(2, ChangeKind.RETRACTION), change(3, on=DAYS[1])]
    assert [(message.kind, message.on) for message in messages(PROTOCOL, found)] == [
        (ChangeKind.TRIAL_ADDED, DAYS[1]),
        (ChangeKind.RETRACTION, DAYS[0]),
        (ChangeKind.TRIAL_ADDED, DAYS[0]),
    ]


def test_every_kind_but_wording_is_news() -> None:
    for kind in ChangeKind:
        found = messages(PROTOCOL, [change(1, kind), change(2, kind)])
        assert len(found) == (0 if kind in WORDING else 1), kind


def test_a_feed_holds_the_newest_messages() -> None:
    first = dt.date(2024, 1, 1)
    found = [change(number, on=first + dt.timedelta(number)) for number in range(80)]
    built = messages(PROTOCOL, found)
    assert len(built) == MAX_MESSAGES
    assert [message.title for message in built] == [title(number) for number in range(79, 29, -1)]


def test_the_same_news_has_one_id_in_all_feeds_that_send_the_same(review: Review) -> None:
    everything, *narrower = feeds(review)
    whole = {message.id: message for message in everything.messages}
    for one in narrower:
        for message in one.messages:
            is_by_kind = one.stem.count("/") == 1
            assert (message.id in whole) is is_by_kind
            if is_by_kind:
                assert whole[message.id] == message
    ids = [one.id for one in feeds(review)]
    assert len(set(ids)) == len(ids)


def test_ids_are_names_of_this_review(review: Review) -> None:
    named = with_protocol(review, feed_name="made-up-tea")
    for here, there in zip(feeds(review), feeds(named), strict=True):
        assert here.id.startswith("urn:uuid:")
        assert here.id != there.id
        assert not {message.id for message in here.messages} & {message.id for message in there.messages}


def sent_by(review: Review) -> Iterator[tuple[str, dt.date]]:
    return ((message.id, message.on) for message in feeds(review)[0].messages)


def test_a_new_wording_sends_nothing(review: Review) -> None:
    study = review.records.included["solo-2020"]
    history = tuple(event.model_copy(update={"note": "Made-up other words."}) for event in study.history)
    reworded = with_study(review, "solo-2020", title="A made-up title in other words", history=history)
    assert list(sent_by(reworded)) == list(sent_by(review))
    summaries = {
        key: one.model_copy(update={"text": "Made-up other words.", "written": dt.date(2025, 1, 31)})
        for key, one in review.records.summaries.items()
    }
    renewed = replace(review, records=replace(review.records, summaries=summaries))
    assert list(sent_by(renewed)) == list(sent_by(review))


def bulk(review: Review, on: dt.date, n: int = 300) -> Review:
    study = review.records.included["steeply-2024"]
    history = (Event(on=on, kind=EventKind.INCLUDED, note="Made-up bulk import."),)
    added = {
        f"bulk-{number}": study.model_copy(update={"history": history, "reports": study.reports[:1], "found": ()})
        for number in range(n)
    }
    return with_studies(review, review.records.included | added)


def by_id(review: Review) -> dict[str, Message]:
    return {message.id: message for message in feeds(review)[0].messages}


def test_a_bulk_import_is_one_message(review: Review) -> None:
    before, after = by_id(review), by_id(bulk(review, dt.date(2025, 1, 20)))
    (new,) = after.keys() - before.keys()
    assert after[new].n_changes == 300
    assert {key: after[key] for key in before} == before


def test_a_back_dated_import_joins_its_day_in_silence(review: Review) -> None:
    on = next(m.on for m in feeds(review)[0].messages if m.kind is ChangeKind.STUDY_INCLUDED)
    before, after = by_id(review), by_id(bulk(review, on))
    assert after.keys() == before.keys()
    assert [key for key in before if after[key] != before[key]] == [
        stable_id(review.protocol, "", ChangeKind.STUDY_INCLUDED, on.isoformat())
    ]


def test_a_trial_s_feed_goes_on_with_the_study_that_has_its_results(review: Review) -> None:
    followed = next(one for one in feeds(review) if one.stem == "feeds/trials/NCT99999901")
    assert {ChangeKind.TRIAL_ADDED, ChangeKind.STUDY_INCLUDED} <= {message.kind for message in followed.messages}
    other = next(one for one in feeds(review) if one.stem == "feeds/trials/ISRCTN99999904")
    assert {message.kind for message in other.messages} == {ChangeKind.TRIAL_ADDED, ChangeKind.TRIAL_STATUS}


def test_data_that_are_added_and_trials_that_are_taken_out_are_sent_by_kind(review: Review) -> None:
    study, trial = review.records.included["solo-2020"], review.records.trials["NCT99999902"]
    on = dt.date(2025, 1, 20)
    added = Event(on=on, kind=EventKind.DATA_ADDED, note="Made-up data.")
    said = {"outcome": "exclude", "stage": "full-text", "by": ["pat"], "on": on, "reason": "no-tea", "note": "Made up."}
    out = trial.model_copy(update={"decision": Decision.model_validate(said)})
    told = with_study(review, "solo-2020", history=(*study.history, added))
    told = replace(told, records=replace(told.records, trials=told.records.trials | {"NCT99999902": out}))
    sent = {one.stem: {message.kind for message in one.messages if message.on == on} for one in feeds(told)}
    assert sent["feeds/studies"] == {ChangeKind.DATA_ADDED}
    assert sent["feeds/trials"] == {ChangeKind.TRIAL_REMOVED}
