"""The picture that services show beside a link to the site: title, what the review holds, and of which day that is.

Every count stands beside the day of the last change of evidence, because services keep a picture for weeks.
"""

import base64
import functools

from generator.review import Review
from generator.review.living import plural
from generator.site.metadata.lettering import HEIGHT, drawable, strokes, width, wrapped
from generator.site.metadata.picture import Colour, Picture
from generator.site.pieces import made_of

WIDTH_PIXELS, HEIGHT_PIXELS = 1200, 630
"""The size that the Open Graph services ask for (1.91 to 1)."""
_GROUND, _LIGHT, _WHITE = (0x17, 0x31, 0x3D), (0x9F, 0xC3, 0xD1), (0xFF, 0xFF, 0xFF)
"""The colours of the site's head, as in docs/assets/review.css."""
_LEFT, _ROOM = 80, WIDTH_PIXELS - 160
"""Left edge and width of what is written, in pixels."""
_SMALL, _LINE = 2.0, 1.75
"""Pixels per unit of small letters; distance of lines in heights of a capital."""
_SIZES, _TITLE_HIGH = (5.0, 4.4, 3.8, 3.2, 2.6), 310
"""Pixels per unit of the title's letters, the largest that fit; pixels that its lines may take."""
_MAX_DOTS, _DOT = 26, 13
"""More studies and trials than this have no dots, only words; radius of a dot in pixels."""


def draw_card(review: Review) -> bytes:
    """Return the card as a PNG file; a title with signs that cannot be drawn is left out."""
    n_studies, n_trials = len(review.studies), len(review.trials)
    held = f"{n_studies} {plural(n_studies, 'included study')}, {n_trials} {plural(n_trials, 'registered trial')}"
    changed = review.living.last_evidence_change_on
    day = f"Evidence of {changed.isoformat()}" if changed else "No evidence yet"
    said = drawable(review.protocol.short_title), f"{held}. {day}.", n_studies, n_trials
    return base64.b64decode(made_of(review, said, "card", lambda: base64.b64encode(_drawn(*said)).decode()))


@functools.lru_cache(maxsize=4)  # a preview of the site writes its pages again and again
def _drawn(title: str, held: str, n_studies: int, n_trials: int) -> bytes:
    picture = Picture(WIDTH_PIXELS, HEIGHT_PIXELS, _GROUND)
    _write(picture, "A living systematic review", 80, _SMALL, _LIGHT)
    lines, size = _fitted(title)
    top = 170
    for number, line in enumerate(lines):
        _write(picture, line, top + number * _LINE * HEIGHT * size, size, _WHITE)
    if n_studies + n_trials <= _MAX_DOTS:
        _dots(picture, n_studies, n_trials)
    _write(picture, held, 530, _SMALL, _LIGHT)
    return picture.png()


def _fitted(title: str) -> tuple[list[str], float]:
    """Return the lines of the title in the largest letters that fit; one that never fits is cut after its lines."""
    for size in _SIZES:
        lines = wrapped(title, _ROOM / size)
        if len(lines) * _LINE * HEIGHT * size <= _TITLE_HIGH and all(width(line) * size <= _ROOM for line in lines):
            return lines, size
    return lines[: int(_TITLE_HIGH / (_LINE * HEIGHT * size))], size


def _write(picture: Picture, text: str, top: float, size: float, colour: Colour) -> None:
    size = min(size, _ROOM / max(width(text), 1))
    drawn = [[(_LEFT + x * size, top + y * size) for x, y in stroke] for stroke in strokes(text)]
    picture.draw(drawn, 0.95 * size, colour)


def _dots(picture: Picture, n_studies: int, n_trials: int) -> None:
    """Draw a full dot for each included study and an open one for each registered trial."""
    places = [(_LEFT + _DOT + number * 3 * _DOT, 485) for number in range(n_studies + n_trials)]
    dots = [[(float(x), float(y))] * 2 for x, y in places]
    picture.draw(dots, _DOT, _WHITE)
    picture.draw(dots[n_studies:], _DOT - 4, _GROUND)
