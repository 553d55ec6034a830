"""The drawn flow diagram: every box a link with its number, nothing outside the picture, nothing overlapping."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from generator.model.records import Records
from generator.review import Review
from generator.site.figures import flow as figure
from generator.site.figures.flow_sheet import text_width, wrapped
from generator.site.tables import flow
from tests.evidence import HOSTILE, read, with_protocol

Frame = tuple[float, float, float, float]


@pytest.fixture(scope="module", params=["made_up_review", "real_review"])
def review(request: pytest.FixtureRequest) -> Review:
    return read(request.getfixturevalue(request.param))


@pytest.fixture(scope="module")
def made_up(made_up_review: Path) -> Review:
    return read(made_up_review)


def drawn(review: Review) -> ET.Element:
    text = str(figure.draw("flow.md", flow.boxes(review)))
    return ET.fromstring(text.replace("data-search-exclude>", 'data-search-exclude="">'))  # noqa: S314 - our own


def pictures(review: Review) -> list[ET.Element]:
    return list(drawn(review).iter("svg"))


def words(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def frames(picture: ET.Element) -> list[Frame]:
    rects = [link.find("rect") for link in picture.iter("a")]
    return [
        (float(one.get("x", "")), float(one.get("y", "")), float(one.get("width", "")), float(one.get("height", "")))
        for one in rects
        if one is not None
    ]


def test_two_drawings_hold_the_same_boxes(review: Review) -> None:
    wide, tall = pictures(review)
    boxes = flow.boxes(review)
    assert len(list(wide.iter("a"))) == len(list(tall.iter("a"))) == len(boxes)
    assert {words(one) for one in wide.iter("a")} == {words(one) for one in tall.iter("a")}


def test_every_box_says_its_name_and_number_and_leads_to_its_list(review: Review) -> None:
    for picture in pictures(review):
        links = {(one.get("href"), words(one)) for one in picture.iter("a")}
        for box in flow.boxes(review):
            n = "(not reported)" if box.n is None else f"(n = {box.n})"
            target = box.link.page.replace(".md", ".html")
            assert any(href == target and text.startswith(f"{box.label} {n}") for href, text in links), box.label


def test_unknown_counts_read_not_reported(made_up: Review) -> None:
    for picture in pictures(made_up):
        assert "other reasons (not reported)" in words(picture)


def test_boxes_lie_inside_the_picture_and_do_not_overlap(review: Review) -> None:
    for picture in pictures(review):
        _, _, width, height = map(float, picture.get("viewBox", "").split())
        found = frames(picture)
        for x, y, w, h in found:
            assert x >= 0
            assert y >= 0
            assert x + w <= width
            assert y + h <= height
        for position, (x, y, w, h) in enumerate(found):
            for other_x, other_y, other_w, other_h in found[position + 1 :]:
                apart = x + w <= other_x or other_x + other_w <= x or y + h <= other_y or other_y + other_h <= y
                assert apart


def test_words_fit_into_their_boxes(review: Review) -> None:
    for picture in pictures(review):
        font = float(picture.get("font-size", ""))
        for link in picture.iter("a"):
            rect = link.find("rect")
            assert rect is not None
            right = float(rect.get("x", "")) + float(rect.get("width", ""))
            bottom = float(rect.get("y", "")) + float(rect.get("height", ""))
            for line in link.iter("tspan"):
                bold = 1.12 if line.get("font-weight") else 1
                assert float(line.get("x", "")) + text_width(words(line), font * bold) <= right
                assert float(line.get("y", "")) < bottom


def test_the_picture_is_named_and_is_no_single_image(review: Review) -> None:
    ids = [one.get("id") for one in drawn(review).iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    for picture in pictures(review):
        assert picture.get("role") == "group"
        named = picture.get("aria-labelledby", "").split()
        assert len(named) == 2
        assert set(named) <= set(ids)
        titles = [one.text for one in picture.iter() if one.tag in ("title", "desc")]
        assert titles
        assert all(titles)


def test_arrows_have_tips_that_exist(review: Review) -> None:
    for picture in pictures(review):
        markers = {one.get("id") for one in picture.iter("marker")}
        arrows = [one for one in picture.iter("path") if one.get("marker-end")]
        assert len(arrows) >= 14
        assert {one.get("marker-end") for one in arrows} == {f"url(#{marker})" for marker in markers}


def test_the_earlier_version_is_joined_to_the_total_only_where_there_is_one(made_up: Review, real_review: Path) -> None:
    n_arrows = [len(re.findall("marker-end", str(figure.draw("flow.md", flow.boxes(made_up)))))]
    n_arrows.append(len(re.findall("marker-end", str(figure.draw("flow.md", flow.boxes(read(real_review)))))))
    assert n_arrows[1] == n_arrows[0] + 2


def test_hostile_names_are_text(made_up: Review) -> None:
    sources = tuple(
        one.model_copy(update={"name": f"{HOSTILE}</svg>" * 3}) if one.id == "tea-index" else one
        for one in made_up.protocol.sources
    )
    found = drawn(with_protocol(made_up, sources=sources))
    tags = {one.tag for one in found.iter()}
    assert tags == {"div", "svg", "style", "title", "desc", "defs", "marker", "path", "rect", "text", "tspan", "a"}
    assert "javascript:" not in {(one.get("href") or "")[:11] for one in found.iter("a")}
    assert "onerror=alert(1)" in words(found).replace(" ", "")


def test_a_review_without_records_is_drawn(made_up: Review) -> None:
    empty = Review(Records(protocol=made_up.protocol), made_up.protocol, made_up.today)
    for picture in pictures(empty):
        assert "Studies in the review (n = 0)" in words(picture)


def test_many_sources_make_a_taller_box_and_nothing_else_breaks(made_up: Review) -> None:
    (first,) = (one for one in made_up.protocol.sources if one.id == "tea-index")
    more = tuple(first.model_copy(update={"id": f"tea-{n}", "name": f"Made-up Index {n} " * 4}) for n in range(30))
    part = next(iter(made_up.records.searches.values())).runs[0]
    run = part.model_copy(
        update={"sources": tuple(part.sources[0].model_copy(update={"source": one.id}) for one in more)}
    )
    day = next(iter(made_up.records.searches.values())).model_copy(update={"runs": (run,)})
    changed = with_protocol(made_up, sources=made_up.protocol.sources + more)
    many = Review(replace(changed.records, searches={"2024/2024-03-01": day}), changed.protocol, made_up.today)
    heights = [float(picture.get("viewBox", "").split()[3]) for picture in pictures(many)]
    before = [float(picture.get("viewBox", "").split()[3]) for picture in pictures(made_up)]
    assert all(after > earlier + 500 for after, earlier in zip(heights, before, strict=True))
    test_boxes_lie_inside_the_picture_and_do_not_overlap(many)
    test_words_fit_into_their_boxes(many)


def test_text_is_broken_into_lines_that_fit() -> None:
    lines = wrapped("A few words and averyverylongwordthatfitsnowhere at all", 60, 12)
    assert "".join(lines).replace(" ", "") == "Afewwordsandaveryverylongwordthatfitsnowhereatall"
    assert all(text_width(line, 12) <= 60 for line in lines)
    assert wrapped("", 60, 12) == [""]
