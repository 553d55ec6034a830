"""What the base review prints about its studies, its trial and its search is on the site, outside the quotes.

Every number of its text must stand on the page of its record; and because a wrong number may also stand there for
another reason, the numbers that belong to a name are compared with the field that they were entered in.
"""

import datetime as dt
import re
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest

from generator.model.records import Records
from generator.records import checking
from generator.review import Review
from generator.site import pages

ROOT = Path(__file__).parent.parent
WORDS = {"five": "5", "twenty": "20"}
PARTS = {
    "studies/phillips-2021.md": ("Phillips et al. [26], in a single", "Wilson et al. [27], in a single"),
    "studies/wilson-2024.md": ("Wilson et al. [27], in a single", "The results from the aforementioned"),
    "trials/NCT04849429.md": ("NCT04849429\t", "TABLE 2"),
}
"""Where the base review's text about each record begins and ends."""


class _Text(HTMLParser):
    """Collects the text of a page, without its list of quotes."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._in_quotes = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "ol" and ("class", "lr-quotes") in attrs:
            self._in_quotes = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "ol":
            self._in_quotes = False
        self.text += " "

    def handle_data(self, data: str) -> None:
        if not self._in_quotes:
            self.text += data


SOURCE = (ROOT / "studies/sources/gupta-2024.txt").read_text(encoding="utf-8")
UNITS = {"hour": "h", "day": "d", "week": "wk", "month": "mo"}
AS_PRINTED = {"BPI": "bpi", "QD": "quickdash", "LEFS": "lefs", "UEFS": "uefs", "ODI": "odi"}
INDICES = {"BPI-SI": "bpi-severity", "BPI-II": "bpi-interference", "ODI": "odi"}


@pytest.fixture(scope="module")
def records() -> Records:
    return checking.check(ROOT).records


@pytest.fixture(scope="module")
def site_text(records: Records) -> dict[str, str]:
    assert records.protocol
    review = Review(records, records.protocol, dt.date(2026, 1, 31))
    texts = {}
    for page in pages.every(review):
        reading = _Text()
        reading.feed(markdown.markdown(page.body, extensions=["attr_list", "tables"]))
        texts[page.path] = reading.text
    return texts


def numbers(text: str) -> set[str]:
    """Return every number in a text, reference numbers in brackets and parts of codes left out."""
    bare = re.sub(r"\[[\d, ]+\]|\(Table \d\)", " ", text)
    for word, digits in WORDS.items():
        bare = re.sub(rf"\b{word}\b", digits, bare, flags=re.IGNORECASE)
    return set(re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?!\w)", bare))


@pytest.mark.parametrize("page", PARTS)
def test_every_number_of_the_base_review_stands_on_the_records_page(page: str, site_text: dict[str, str]) -> None:
    begin, end = (SOURCE.index(mark) for mark in PARTS[page])
    wanted = numbers(SOURCE[begin:end])
    assert len(wanted) >= 6
    missing = wanted - numbers(site_text[page])
    assert not missing, f"{page} lacks {sorted(missing)}"


def test_the_numbers_of_the_results_stand_in_the_results_table(site_text: dict[str, str]) -> None:
    wanted = {"55", "55.2", "26", "25.4", "19.75", "65.04", "72.09", "58.43"}
    assert wanted <= numbers(site_text["results.md"])
    assert site_text["results.md"].count("not checked in the primary report") >= 8


def test_the_exact_upper_bounds_stand_on_the_harms_page(site_text: dict[str, str]) -> None:
    assert "16.8" in site_text["harms.md"]
    assert "30.8" in site_text["harms.md"]


def part(begin: str, end: str) -> str:
    """Return the text of the base review from one phrase up to another."""
    start = SOURCE.index(begin)
    return SOURCE[start : SOURCE.index(end, start)]


@pytest.mark.parametrize(
    ("study", "begin", "end"),
    [
        ("phillips-2021", "evaluated at baseline and 24-hour", "follow up post-injection"),
        ("wilson-2024", "assessed at baseline and 24 hours", "follow-up after injection"),
    ],
)
def test_every_time_of_the_follow_up_is_entered(records: Records, study: str, begin: str, end: str) -> None:
    printed = re.findall(r"(\d+)[ -](hour|day|week|month)", part(begin, end))
    follow_up = records.included[study].follow_up
    assert follow_up
    assert list(follow_up.times) == [f"{number} {UNITS[unit]}" for number, unit in printed]


@pytest.mark.parametrize(
    ("study", "printed", "time"),
    [
        (
            "phillips-2021",
            {
                AS_PRINTED[name]: value
                for value, name in re.findall(
                    r"([\d.]+)% in (\w+)", part("An average improvement of", "at 1-month follow-up")
                )
            },
            "1 mo",
        ),
        (
            "wilson-2024",
            {
                INDICES[name]: value
                for name, value in re.findall(
                    r"(BPI-SI|BPI-II|ODI)(?: \([a-z ]+\))? \(([\d.]+)%\)",
                    part("Statistically significant", "at three months follow-up"),
                )
            },
            "3 mo",
        ),
    ],
)
def test_every_result_belongs_to_its_instrument(
    records: Records, study: str, printed: dict[str, str], time: str
) -> None:
    results = records.included[study].results
    assert {result.instrument: str(result.value) for result in results} == printed
    assert len(results) == len(printed) in (3, 5)
    assert {(result.time, result.statistic.value, result.unit) for result in results} == {
        (time, "percent-improvement", "%")
    }


def test_the_people_of_each_study_are_as_printed(records: Records) -> None:
    phillips, wilson = (records.included[name] for name in ("phillips-2021", "wilson-2024"))
    assert "10 participants, five with lumbar and five with cervical" in SOURCE
    assert (phillips.participants.n_enrolled, phillips.arms[0].n, [one.n for one in phillips.subgroups]) == (
        10,
        10,
        [5, 5],
    )
    assert "Twenty patients with lumbar facet joint pain" in SOURCE
    assert (wilson.participants.n_enrolled, wilson.arms[0].n, wilson.subgroups) == (20, 20, ())
    assert all(result.n == "NR" for study in (phillips, wilson) for result in study.results)


def test_the_trial_is_as_printed_in_table_2(records: Records) -> None:
    row = part("NCT04849429\t", "TABLE 2")
    trial = records.trials["NCT04849429"]
    assert trial.enrolment
    assert f"N={trial.enrolment.n}\t" in row
    printed = re.findall(r"(?:\t|\] )([A-Z][^\[\t]*) \[Time Frame: [^\]]*?at ([\d,]+) months(?=\])", row)
    assert [(outcome.measure, ",".join(outcome.times).replace(" mo", "")) for outcome in trial.outcomes] == printed
    assert len(printed) == 4
    assert [(seen.status, str(seen.seen)) for seen in trial.status_history[:1]] == [("COMPLETED", "2024-03-18")]


def test_the_search_is_as_printed(records: Records, site_text: dict[str, str]) -> None:
    query = re.search(r"\('exosomes' OR .*?'disc herniation'\)", SOURCE)
    assert query
    (run,) = records.searches["2024/2024-03-18"].runs
    assert {asked.strategy for asked in run.sources} == {query[0]}
    assert all(asked.hits == "NR" for asked in run.sources)
    assert records.protocol
    names = {source.id: source.name for source in records.protocol.sources}
    databases = part("Scopus, PubMed, Web of Science, Embase, and Google Scholar) for articles", ") for articles")
    asked_names = [names[asked.source] for asked in run.sources]
    assert asked_names[:5] == re.split(", and |, ", databases)
    registries = part("ClinicalTrials.gov, Clinical", ", using the search")
    assert asked_names[5:] == re.split(", and |, ", registries)
    assert query[0] in site_text["searches.md"]
