"""The card: a whole PNG file of the size that services ask for, on which everything drawn has room."""

import struct
import zlib
from pathlib import Path

import pytest

from generator.review import Review
from generator.site.metadata.card import draw_card
from generator.site.metadata.lettering import drawable, strokes, width, wrapped
from tests.evidence import read, with_protocol, with_studies

GROUND, WHITE = bytes((0x17, 0x31, 0x3D)), bytes((0xFF, 0xFF, 0xFF))
PRINTABLE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:-–—'’“”()/!?&%+=<>·×[]_|"


@pytest.fixture(scope="module")
def made_up(made_up_review: Path) -> Review:
    return read(made_up_review)


def rows(png: bytes) -> list[bytes]:
    """Return the rows of pixels of a PNG file, three bytes a pixel, after checking each part of it."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    parts, at = {}, 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        name, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length]) == (zlib.crc32(name + content),)
        parts[name], at = content, at + 12 + length
    assert list(parts) == [b"IHDR", b"IDAT", b"IEND"]
    assert struct.unpack(">IIBBBBB", parts[b"IHDR"]) == (1200, 630, 8, 2, 0, 0, 0)
    pixels = zlib.decompress(parts[b"IDAT"])
    found = [pixels[start : start + 3601] for start in range(0, len(pixels), 3601)]
    assert len(found) == 630
    assert all(row[0] == 0 for row in found)
    return [row[1:] for row in found]


def drawn(found: list[bytes], top: int, bottom: int) -> int:
    """Return how many rows between two heights are not empty."""
    return sum(row != GROUND * 1200 for row in found[top:bottom])


def test_the_card_is_a_picture_with_room_at_its_edges(made_up: Review) -> None:
    found = rows(draw_card(made_up))
    assert drawn(found, 0, 60) == drawn(found, 600, 630) == 0
    assert all(row[: 3 * 70] == GROUND * 70 and row[-3 * 70 :] == GROUND * 70 for row in found)
    assert drawn(found, 80, 125) > 30
    assert drawn(found, 170, 440) > 100
    assert drawn(found, 530, 580) > 20


def test_the_same_review_gives_the_same_card_and_another_title_another(made_up: Review) -> None:
    assert draw_card(made_up) == draw_card(made_up)
    assert draw_card(made_up) != draw_card(with_protocol(made_up, short_title="Made-up tea"))


def test_a_dot_stands_for_each_study_and_trial(made_up: Review) -> None:
    n_studies, n_trials = len(made_up.studies), len(made_up.records.trials)
    middle = rows(draw_card(made_up))[485]
    centres = [middle[3 * x : 3 * x + 3] for x in range(93, 1100, 39)]
    assert centres[: n_studies + n_trials] == [WHITE] * n_studies + [GROUND] * n_trials
    assert set(centres[n_studies + n_trials :]) == {GROUND}


def test_many_studies_have_no_dots(made_up: Review) -> None:
    study = made_up.studies["solo-2020"]
    many = with_studies(made_up, {f"made-up-{number}": study for number in range(40)})
    assert drawn(rows(draw_card(many)), 465, 510) == 0


def test_a_title_that_cannot_be_drawn_is_left_out(made_up: Review) -> None:
    found = rows(draw_card(with_protocol(made_up, short_title="Made-up 茶")))
    assert drawn(found, 170, 440) == 0
    assert drawn(found, 80, 125) > 30


@pytest.mark.parametrize("title", ["Made-up tea " * 60, "Made-upness" * 30])
def test_a_title_without_end_stays_on_the_card(made_up: Review, title: str) -> None:
    found = rows(draw_card(with_protocol(made_up, short_title=title)))
    assert drawn(found, 600, 630) == 0
    assert drawn(found, 482, 488) > 0
    assert all(row[-3 * 70 :] == GROUND * 70 for row in found)


def test_every_letter_has_strokes_of_its_own_within_its_width() -> None:
    seen = {}
    for sign in PRINTABLE:
        found = list(strokes(sign))
        assert found, sign
        assert all(len(stroke) >= 2 for stroke in found), sign
        points = [point for stroke in found for point in stroke]
        assert all(0 <= x <= width(sign) and 0 <= y <= 21 for x, y in points), sign
        seen[sign] = str(found)
    alike = {sign for sign in PRINTABLE if list(seen.values()).count(seen[sign]) > 1}
    assert alike <= set("'’“”lI|"), "a reader could not tell these apart"


def test_what_can_be_drawn() -> None:
    assert drawable("Ogéus  für\nAlle") == "Ogeus fur Alle"
    assert drawable("made-up µ") == ""
    assert wrapped("made up tea", width("up tea")) == ["made", "up tea"]
    assert wrapped("", 60) == []
