"""Pages of the methods: protocol, searches, living status, instruments, discrepancies, versions."""

import datetime as dt
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.model.protocol import Person
from generator.model.records import Records
from generator.model.values import Missing
from generator.model.version import Versions
from generator.review import Review
from generator.site.pages import discrepancies, home, instruments, living, protocol, searches, versions
from generator.wording.markdown import escape
from tests.evidence import HOSTILE, TODAY, Read, read, with_protocol
from tests.spaced import browse_spaced

PAGES = {
    "protocol.md": protocol,
    "searches.md": searches,
    "living.md": living,
    "instruments.md": instruments,
    "discrepancies.md": discrepancies,
    "index.md": home,
    "versions.md": versions,
}


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


@pytest.fixture(scope="module")
def real(real_review: Path) -> Review:
    return read(real_review)


@pytest.fixture(scope="module")
def empty(review: Review) -> Review:
    return Review(Records(protocol=review.protocol), review.protocol, TODAY)


def body(review: Review, path: str) -> str:
    (found,) = PAGES[path].pages(review)
    assert found.path == path
    assert found.description
    written: str = found.body
    return written


def page(review: Review, path: str) -> Read:
    return browse_spaced(body(review, path))


class Preformatted(HTMLParser):
    """Collects what stands in `<pre>`, blanks and line ends as they are."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "pre":
            self._inside = True
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "pre"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data


@pytest.mark.parametrize("path", PAGES)
def test_the_same_records_give_the_same_page_and_an_empty_review_has_one(
    review: Review, empty: Review, path: str
) -> None:
    again = Review(review.records, review.protocol, review.today)
    assert body(review, path) == body(again, path)
    assert page(empty, path).text


def test_the_protocol_marks_what_was_taken_over_and_keeps_the_words(review: Review, real: Review) -> None:
    found = page(review, "protocol.md")
    assert "quote-g1" in found.ids
    assert "#quote-g1" in found.links
    assert "Made-up tea belongs in a cup." in found.text
    assert "Not checked by the software: the text is not on file." in found.text
    ours = page(real, "protocol.md")
    assert "The review starts from Gupta 2024, searched to 2024-03-18 and published on 2024-04-03" in ours.text
    assert "https://doi.org/10.7759/cureus.57539" in ours.links
    assert {f"quote-{key}" for key in real.protocol.quotes} <= set(ours.ids)


def test_the_protocol_says_everything_that_was_laid_down(review: Review) -> None:
    found = page(review, "protocol.md")
    for words in (
        "Does made-up tea calm made-up hiccups in made-up people?",
        "To prove that <b>words</b> | signs & {{ 7*7 }} from a protocol are printed as typed",
        "Judged from the report.",
        "Over 1 hour and up to 1 day after 1 h, up to 1 d",
        "Later than 1 day after 1 d, without an end",
        "A change within one group mixes the tea with time itself.",
        "living since 2024-03-01",
        "Made-up Tea Index every day",
        "Reference lists of included studies not scheduled",
        "Interests: None declared declared 2024-02-01",
        "Interests: not reported date of the declaration not recorded",
        "Does not decide on dunkwell-2022",
        "A made-up grant from the Made-up Fund",
        "The protocol is not registered, or nobody has recorded where.",
        "2024-06-01. The window later than 1 day was added.",
        "Is the made-up tea of two trials the same blend?",
        "randomised trial, parallel groups Made-up cup check",
    ):
        assert words in found.text, words
    assert "excluded.html#reason-no-tea" in found.links
    assert "instruments.html#instrument-hiccups-per-hour" in found.links
    assert "searches.html#source-tea-index" in found.links
    assert "https://orcid.org/0000-0002-1825-0097" in found.links


def test_links_of_the_protocol_say_where_they_lead(review: Review) -> None:
    """An outcome leads to its results and a source to its strategy; the words beside them are no links."""
    (shown,) = protocol.pages(review)
    for target, words in (
        ("results.html#outcome-hiccups", "Made-up hiccups"),
        ("harms.html", "Spills and other harms"),
        ("searches.html#source-tea-index", "Made-up Tea Index"),
        ("instruments.html#instrument-hiccups-per-hour", "Made-up hiccups counted over one hour"),
    ):
        assert f'<a href="{escape(target)}">{escape(words)}</a>' in shown.body
    text = page(review, "protocol.md").text
    assert "Made-up hiccups critical for a decision" in text
    assert ">critical for a decision</a>" not in shown.body
    assert ">every day</a>" not in shown.body


def test_support_that_nobody_recorded_is_not_called_not_reported(review: Review) -> None:
    """The review is its own report."""
    text = page(with_protocol(review, support=Missing.NOT_REPORTED), "protocol.md").text
    assert "Nobody has recorded yet who supports the review." in text


def test_a_protocol_without_people_or_amendments_says_so(review: Review) -> None:
    text = page(with_protocol(review, people=(), amendments=(), open_questions=()), "protocol.md").text
    assert "Nobody has been recorded yet. Until then nobody can take a decision" in text
    assert "The protocol has not been changed." in text


def test_a_strategy_is_printed_exactly_as_sent(review: Review) -> None:
    strategy = 'a  "b"\n  AND *c* <d> | `e` _f_ [g](h) {{ 7*7 }} &amp; #i\n\n    j \\ k'
    source = review.protocol.sources[0].model_copy(update={"strategies": (strategy,)})
    changed = with_protocol(review, sources=(source, *review.protocol.sources[1:]))
    assert Preformatted(body(changed, "searches.md")).found[0] == strategy
    assert "{{ 7*7 }}" in page(changed, "searches.md").text


def test_every_source_has_a_place_with_its_schedule_and_its_last_search(review: Review) -> None:
    found = page(review, "searches.md")
    assert {"source-tea-index", "source-cup-register", "source-tea-society", "source-reference-lists"} <= set(found.ids)
    assert "an alarm is raised when the newest search is more than 3 days old" in found.text
    assert "Kind trial register" in found.text
    assert "https://example.org/made-up-feed.xml?a=1&b=2" in found.links
    assert "Last searched: 2025-01-11. Newest search of any source: 2025-01-11." in found.text
    assert "Made-up Tea Index: late" in found.text
    assert "The strategies reuse no earlier review." in found.text


def test_the_log_keeps_failed_not_reported_and_0_apart(review: Review) -> None:
    text = page(review, "searches.md").text
    failed = "failed failed failed failed not asked made-up failure: 503"
    assert f"2025-01-10 03:15 Made-up Cup Register nightly {failed}" in text
    assert "2025-01-11 03:15 Made-up Tea Index nightly 0 0 not reported 0 not asked answered" in text
    assert "Reference lists of included studies by a person not reported 1 not reported 1 not asked answered" in text


def test_what_a_source_was_sent_before_is_kept(real: Review) -> None:
    found = page(real, "searches.md")
    assert "Also sent once, on 2024-03-18:" in found.text, "the base review's own words for PubMed"
    assert "Sent once, on 2024-03-18:" in found.text, "for a source only it searched"
    assert "The strategies start from those of Gupta 2024, searched to 2024-03-18" in found.text
    assert "quote-2024-03-18-query" in found.ids
    assert "#quote-2024-03-18-query" in found.links
    assert "scheduled sources have never been searched." in found.text


def test_without_alarms_the_page_of_searches_says_so(review: Review) -> None:
    fresh = Review(review.records, review.protocol, dt.date(2025, 1, 12))
    assert "No scheduled source is late, and none failed when it was last asked." in page(fresh, "searches.md").text


def test_a_long_log_shows_its_newest_lines_and_leads_to_the_whole(review: Review) -> None:
    night = review.records.searches["2025/2025-01-10"]
    nights = {f"2021/2021-{month:02}-{day:02}": night for month in range(1, 13) for day in range(1, 29)}
    found = page(Review(replace(review.records, searches=nights), review.protocol, TODAY), "searches.md")
    assert "The newest 200 of 1008 lines" in found.text
    assert "data/search-runs.csv" in found.links


def test_the_living_status_gives_its_reasons_and_explains_its_dates(review: Review) -> None:
    text = page(review, "living.md").text
    assert "late The review does not keep its own schedule" in text
    assert "The search of 2 sources is overdue." in text
    assert "1 candidate waiting for longer than 30 days (the longest for 153)." in text
    assert "Last searched: 2025-01-11 Every scheduled source was searched on this day or later. A search that" in text
    assert "Last screened to the end: 2024-03-01 Somebody has decided on everything" in text
    assert "Last change of evidence: 2024-09-15 On this day an included study was" in text
    assert "3 candidates wait for a decision, the longest for 153 days." in text
    assert "A conclusion changes" in text
    assert "Nobody has made-up hiccups any more" in text


def test_a_search_that_was_the_base_reviews_is_said_to_be_its_own(real: Review, review: Review) -> None:
    assert "Last searched, by Gupta 2024 2024-03-18 Last screened" in page(real, "index.md").text
    assert "Last searched: 2024-03-18, by Gupta 2024. Newest search" in page(real, "searches.md").text
    told = "counts with the day of the search of Gupta 2024, from which this review starts; that is the day given here."
    assert told in page(real, "living.md").text
    assert "Last searched 2025-01-11 Last screened" in page(review, "index.md").text
    night = {"2025/2025-01-11": review.records.searches["2025/2025-01-11"]}
    sources = tuple(source for source in review.protocol.sources if source.id == "tea-index")
    ours = replace(real.records, searches=real.records.searches | night)
    searched = Review(ours, real.protocol.model_copy(update={"sources": sources}), dt.date(2026, 11, 23))
    assert searched.living.last_searched_on == dt.date(2025, 1, 11)
    assert "Last searched 2025-01-11 Last screened" in page(searched, "index.md").text


def test_a_review_without_records_has_no_dates_and_nothing_waits(empty: Review) -> None:
    text = page(empty, "living.md").text
    assert "Last searched: not yet" in text
    assert "No candidate waits for a decision." in text


def test_a_minimal_important_change_is_said_to_be_for_one_person(review: Review) -> None:
    found = page(review, "instruments.md")
    assert "A minimal important change is for one person." in found.text
    assert "It is no yardstick for the mean of a group" in found.text
    assert {f"instrument-{key}" for key in review.instruments} <= set(found.ids)
    assert "2 hiccups per hour not yet checked at its source" in found.text
    assert "The name stands for scales with opposite ends." in found.text
    assert "Two made-up scales with opposite ends share the name." in found.text
    assert "results.html#outcome-hiccups" in found.links


def test_discrepancies_are_counted_and_shown_major_first(review: Review, empty: Review) -> None:
    found = page(review, "discrepancies.md")
    text = found.text
    assert "1 quote “Hiccups per hour fell" in text  # folded, and in the page all the same
    assert found.count("details") == 1
    assert "3 found, 1 of them major; 2 are open." in text
    assert text.index("The sip index may be either") < text.index("The made-up registry gives two sample sizes.")
    assert "No discrepancy has been found in any record." in page(empty, "discrepancies.md").text


def test_the_newest_version_is_the_one_to_cite(review: Review) -> None:
    found = page(review, "versions.md")
    assert "The newest published version: Made-up Pat, Made-up Sam O'Nobody <sam>. Made-up tea" in found.text
    assert found.text.index("Version 1.1, 2024-09-15 What it means") < found.text.index("Version 1.0, 2024-03-10 What")
    assert {"version-1-1", "version-1-0"} <= set(found.ids)
    assert "The same studies are included today as in the newest version." in found.text
    assert "Working copy" not in found.text


def test_while_nothing_is_published_the_working_copy_and_the_base_review_are_cited(
    real: Review, review: Review
) -> None:
    found = page(real, "versions.md").text
    assert "No version has been published yet. Until then cite the working copy with its dates:" in found
    assert "Working copy of 2025-02-01; last searched 2024-03-18; last change of evidence 2024-04-03." in found
    assert "cite it for what was taken over from it: Gupta A. Exosomes for the Management of Low Back Pain" in found
    unpublished = Review(replace(review.records, versions=Versions()), review.protocol, TODAY)
    assert "Included today: Studies" in page(unpublished, "versions.md").text


def test_what_changed_since_the_newest_version_is_named(review: Review) -> None:
    included = {key: study for key, study in review.records.included.items() if key != "solo-2020"}
    found = page(Review(replace(review.records, included=included), review.protocol, TODAY), "versions.md").text
    assert "The working copy differs from the newest version: Studies added none Studies removed Solo 2020" in found
    assert "To cite the working copy itself:" in found


def test_hostile_words_show_as_typed(review: Review) -> None:
    person = Person.model_validate({"id": "pat", "name": "X", "interests": "NR"}).model_copy(
        update={"name": HOSTILE, "interests": HOSTILE, "affiliation": HOSTILE}
    )
    source = review.protocol.sources[0].model_copy(update={"name": HOSTILE, "limits": HOSTILE, "note": HOSTILE})
    question = review.protocol.question.model_copy(update={"text": HOSTILE})
    changed = with_protocol(
        review, people=(person,), sources=(source, *review.protocol.sources[1:]), question=question, title=HOSTILE
    )
    assert page(changed, "protocol.md").text.count(HOSTILE) >= 6
    assert page(changed, "searches.md").text.count(HOSTILE) >= 4
    assert HOSTILE in page(changed, "living.md").text
    assert HOSTILE in page(changed, "versions.md").text
    named = {"x": review.instruments["sip-index"].model_copy(update={"name": HOSTILE, "note": HOSTILE})}
    assert review.records.instruments
    scales = review.records.instruments.model_copy(update={"instruments": named})
    with_names = Review(replace(review.records, instruments=scales), review.protocol, TODAY)
    assert page(with_names, "instruments.md").text.count(HOSTILE) == 3
