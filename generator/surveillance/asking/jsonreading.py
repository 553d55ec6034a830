"""Values deep inside a JSON answer, read without trust: a missing or odd part gives an empty value, never an error."""

from collections.abc import Mapping


def dig(held: Mapping[str, object], *path: str) -> Mapping[str, object]:
    """Return the object at a path; an empty one where there is none."""
    for name in path:
        below = held.get(name)
        held = below if isinstance(below, dict) else {}
    return held


def text(held: Mapping[str, object], *path: str) -> str:
    """Return the text or number at a path as text, without blanks around it; empty where there is none."""
    found = dig(held, *path[:-1]).get(path[-1])
    if isinstance(found, str):
        return found.strip()
    return str(found) if isinstance(found, int | float) and not isinstance(found, bool) else ""


def texts(held: Mapping[str, object], *path: str) -> tuple[str, ...]:
    """Return the texts of the list at a path; others in it are left away."""
    found = dig(held, *path[:-1]).get(path[-1])
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()


def objects(held: Mapping[str, object], *path: str) -> tuple[Mapping[str, object], ...]:
    """Return the objects of the list at a path; others in it are left away."""
    found = dig(held, *path[:-1]).get(path[-1])
    return tuple(one for one in found if isinstance(one, dict)) if isinstance(found, list) else ()
