"""Every feed in every format: valid against its specification, read by a feed reader, and the same in all three."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]
import jsonschema
import pytest
from lxml import etree  # type: ignore[import-untyped]

from generator.review import Review
from generator.site.messages import ICON, ICON_SMALL, MAX_MESSAGES, rfc822
from generator.site.subscriptions import feeds
from generator.wording.table import NOT_REPORTED
from tests.conftest import ROOT
from tests.evidence import read, with_protocol, with_study
from tests.site.feeds.reading import ATOM, HOSTILE, SCHEMAS, SITE, TAMED, files_of, parse, sent, words


@pytest.fixture(
    scope="module",
    params=["made_up_review", "made_up_review at an address", "real_review", "real_review at an address"],
)
def review(request: pytest.FixtureRequest) -> Review:
    name, _, at_address = request.param.partition(" ")
    found = read(request.getfixturevalue(name))
    return with_protocol(found, site=f"{SITE}/" if at_address else None)


@pytest.fixture(scope="module")
def files(review: Review) -> dict[str, bytes]:
    return files_of(review)


def schema(name: str) -> Any:  # noqa: ANN401 - lxml has no types
    return etree.RelaxNG(etree.parse(SCHEMAS / name))


def validate(name: str, content: bytes) -> None:
    grammar = schema(name)
    assert grammar.validate(parse(content)), grammar.error_log


def test_the_feeds_lie_where_people_look(review: Review, files: dict[str, bytes]) -> None:
    assert {"feed.xml", "atom.xml", "feed.json", "calendar.ics"} <= files.keys()
    kinds = ("studies", "trials", "corrections", "candidates", "alarms", "versions")
    stems = [f"feeds/{kind}" for kind in kinds] + [f"feeds/trials/{key}" for key in review.records.trials]
    for stem in stems:
        assert {f"{stem}.xml", f"{stem}.atom.xml", f"{stem}.json"} <= files.keys()
    assert ("feeds/all.opml" in files) is bool(review.protocol.site)


def test_a_facet_value_has_a_feed_when_a_record_has_it(review: Review, files: dict[str, bytes]) -> None:
    grouped = [one.facets for one in review.records.included.values()]
    grouped += [one.facets for one in review.records.trials.values()]
    used = {(key, value) for facets in grouped for key, values in facets.items() for value in values}
    assert used
    for key, facet in review.protocol.facets.items():
        for value in facet.values:
            wanted = (key, value) in used and facet.values[value].lower() != NOT_REPORTED
            assert (f"feeds/{key}/{value}.xml" in files) >= wanted
            if f"feeds/{key}/{value}.xml" in files:
                assert sent("feed.xml", files[f"feeds/{key}/{value}.xml"])


def test_what_is_not_reported_is_no_subject_of_a_feed(made_up_review: Path) -> None:
    """Nobody subscribes to a lack; the changes of such a record still stand in the other feeds."""
    review = read(made_up_review)
    leaf = review.protocol.facets["leaf"]
    assert "feeds/leaf/black" in {one.stem for one in feeds(review)}
    for word in ("Not reported", "not reported", "Not applicable"):
        silent = leaf.model_copy(update={"values": leaf.values | {"black": word}})
        renamed = with_protocol(review, facets=review.protocol.facets | {"leaf": silent})
        assert {one.stem for one in feeds(review)} - {one.stem for one in feeds(renamed)} == {"feeds/leaf/black"}
        assert feeds(renamed)[0] == feeds(review)[0]


def test_rss_follows_its_specification(review: Review, files: dict[str, bytes]) -> None:
    for feed in feeds(review):
        validate("rss-2.0.rng", files[feed.rss])


def test_atom_follows_its_specification(review: Review, files: dict[str, bytes]) -> None:
    for feed in feeds(review):
        validate("atom.rng", files[feed.atom])


def test_json_feed_follows_its_specification(review: Review, files: dict[str, bytes]) -> None:
    validator = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "json-feed-1.1.schema.json").read_text()))
    for feed in feeds(review):
        validator.validate(json.loads(files[feed.json]))


@pytest.mark.parametrize("name", ["rss-2.0.rng", "atom.rng", "opml-2.0.rng"])
def test_the_schemas_refuse_what_is_no_feed(name: str) -> None:
    assert not schema(name).validate(parse(b"<rss version='2.0'><channel><title>made-up</title></channel></rss>"))


def test_a_feed_reader_reads_every_feed(review: Review, files: dict[str, bytes]) -> None:
    for feed in feeds(review):
        for path in (feed.rss, feed.atom):
            found = feedparser.parse(files[path])
            assert found.bozo is False, path
            assert found.version == ("rss20" if path == feed.rss else "atom10")
            assert found.feed.title == feed.title
            if "<" not in feed.sends:  # the reader takes it for HTML and drops a word in angle brackets
                assert found.feed.subtitle == feed.sends
            assert [one.id for one in found.entries] == [message.id for message in feed.messages]
            assert [one.published_parsed[:6] for one in found.entries] == [
                (message.on.year, message.on.month, message.on.day, 0, 0, 0) for message in feed.messages
            ]
            assert all(one.title for one in found.entries)


def test_every_format_says_the_same(review: Review, files: dict[str, bytes]) -> None:
    for feed in feeds(review):
        found = [sent(path, files[path]) for path in (feed.rss, feed.atom, feed.json)]
        assert [(one.id, one.on, one.title) for one in found[2]] == [(m.id, m.on, m.title) for m in feed.messages]
        for others in found[:2]:
            assert [(o.id, o.on, o.title, o.url, words(o.html)) for o in others] == [
                (o.id, o.on, o.title, o.url, words(o.html)) for o in found[2]
            ]


def test_messages_have_content_and_not_titles_only(files: dict[str, bytes]) -> None:
    for one in sent("feed.xml", files["feed.xml"]):
        assert len(words(one.html)) > len("Read it on the site")
        assert words(one.html) != one.title


def test_a_feed_is_as_new_as_its_newest_message(review: Review, files: dict[str, bytes]) -> None:
    for feed in feeds(review):
        days = [message.on for message in feed.messages]
        assert days == sorted(days, reverse=True)
        assert len({message.id for message in feed.messages}) == len(days) <= MAX_MESSAGES
        newest = max(days, default=review.protocol.living.since)
        assert parse(files[feed.atom]).findtext(f"{ATOM}updated") == f"{newest}T00:00:00Z"
        assert parse(files[feed.rss]).findtext("channel/lastBuildDate") == (rfc822(newest) if days else None)


def test_links_are_whole_or_not_there(review: Review, files: dict[str, bytes]) -> None:
    feed = feeds(review)[0]
    rss, atom, as_json = parse(files[feed.rss]), parse(files[feed.atom]), json.loads(files[feed.json])
    links = {link.get("rel"): link.get("href") for link in atom.iterfind(f"{ATOM}link")}
    urls = [one.url for one in sent(feed.rss, files[feed.rss])]
    if review.protocol.site:
        assert rss.findtext("channel/link") == f"{SITE}/index.html"
        assert rss.find(f"channel/{ATOM}link").get("href") == as_json["feed_url"].replace(".json", ".xml")
        assert links == {"self": f"{SITE}/atom.xml", "alternate": f"{SITE}/index.html"}
        assert as_json["icon"] == atom.findtext(f"{ATOM}icon") == f"{SITE}/{ICON}"
        assert rss.findtext("channel/image/url") == f"{SITE}/{ICON_SMALL}"
        assert all(url.startswith(f"{SITE}/") and ".html" in url and ".md" not in url for url in urls)
    else:
        assert rss.findtext("channel/link") == feed.id
        assert links == {}
        assert as_json.keys() == {"version", "title", "description", "language", "authors", "items"}
        assert set(urls) == {""}
        assert b'href="' not in files[feed.json]


def test_ids_and_dates_do_not_depend_on_the_address(review: Review) -> None:
    moved = with_protocol(review, site="https://example.net/elsewhere")
    for here, there in zip(feeds(review), feeds(moved), strict=True):
        assert (here.id, [(m.id, m.on) for m in here.messages]) == (there.id, [(m.id, m.on) for m in there.messages])


def test_the_same_records_give_the_same_bytes(review: Review) -> None:
    assert files_of(review) == files_of(with_protocol(review))


def test_opml_lists_every_feed_once(review: Review, files: dict[str, bytes]) -> None:
    if not review.protocol.site:
        assert "feeds/all.opml" not in files, "every line of the list needs an address"
        return
    validate("opml-2.0.rng", files["feeds/all.opml"])
    listed = [one.get("xmlUrl") for one in parse(files["feeds/all.opml"]).iter("outline") if one.get("type")]
    assert listed == [f"{SITE}/{feed.rss}" for feed in feeds(review)]


def test_words_of_records_are_words_and_nothing_more(made_up_review: Path) -> None:
    review = with_study(with_protocol(read(made_up_review), site=SITE, short_title=HOSTILE), "solo-2020", title=HOSTILE)
    files = files_of(review)
    for feed in feeds(review):
        validate("rss-2.0.rng", files[feed.rss])
        validate("atom.rng", files[feed.atom])
        assert json.loads(files[feed.json])["title"] == feed.title
    assert parse(files["feed.xml"]).findtext("channel/title") == f"{TAMED}: all changes"
    assert parse(files["atom.xml"]).findtext(f"{ATOM}author/{ATOM}name") == TAMED
    validate("opml-2.0.rng", files["feeds/all.opml"])
    for path in ("feeds/studies.xml", "feeds/studies.atom.xml", "feeds/studies.json"):
        assert any(TAMED in words(one.html) for one in sent(path, files[path])), path


@pytest.mark.parametrize("day", [dt.date(2024, 2, 29), dt.date(1999, 12, 5), dt.date(2026, 1, 1)])
def test_dates_of_rss(day: dt.date) -> None:
    assert dt.datetime.strptime(rfc822(day), "%a, %d %b %Y %H:%M:%S GMT").date() == day
    assert rfc822(dt.date(2024, 3, 4)) == "Mon, 04 Mar 2024 00:00:00 GMT"


@pytest.mark.parametrize(("path", "side"), [(ICON, 512), (ICON_SMALL, 144)])
def test_the_pictures_of_the_feeds_are_there(path: str, side: int) -> None:
    picture = (ROOT / "docs" / path).read_bytes()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert [int.from_bytes(picture[at : at + 4]) for at in (16, 20)] == [side, side]
