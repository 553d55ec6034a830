"""A picture drawn with a round pen and written as PNG (ISO/IEC 15948), with the standard library alone."""

import itertools
import math
import struct
import zlib

Colour = tuple[int, int, int]
Point = tuple[float, float]


class Picture:
    """Rows of pixels on which strokes are drawn; edges are smoothed."""

    def __init__(self, width: int, height: int, ground: Colour) -> None:
        self._width, self._height = width, height
        self._pixels = bytearray(bytes(ground) * (width * height))

    def draw(self, strokes: list[list[Point]], pen: float, colour: Colour) -> None:
        """Draw strokes, each a list of points in pixels, with a pen of the radius `pen`; what overlaps is one."""
        covered: dict[int, float] = {}
        for stroke in strokes:
            for start, end in itertools.pairwise(stroke):
                self._cover(covered, start, end, pen)
        for at, share in covered.items():
            for channel in range(3):
                below = self._pixels[3 * at + channel]
                self._pixels[3 * at + channel] = round(below + (colour[channel] - below) * share)

    def _cover(self, covered: dict[int, float], start: Point, end: Point, pen: float) -> None:
        (x1, y1), (x2, y2) = start, end
        dx, dy, reach = x2 - x1, y2 - y1, pen + 1
        length = dx * dx + dy * dy
        for y in range(max(0, int(min(y1, y2) - reach)), min(self._height, int(max(y1, y2) + reach) + 1)):
            for x in range(max(0, int(min(x1, x2) - reach)), min(self._width, int(max(x1, x2) + reach) + 1)):
                along = min(1.0, max(0.0, ((x - x1) * dx + (y - y1) * dy) / length)) if length else 0.0
                share = pen + 0.5 - math.hypot(x - x1 - along * dx, y - y1 - along * dy)
                at = y * self._width + x
                if share > covered.get(at, 0.0):
                    covered[at] = min(1.0, share)

    def png(self) -> bytes:
        """Return the picture as a PNG file, eight bits a colour."""
        size = 3 * self._width
        rows = b"".join(b"\0" + self._pixels[at : at + size] for at in range(0, len(self._pixels), size))
        head = struct.pack(">IIBBBBB", self._width, self._height, 8, 2, 0, 0, 0)
        parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
