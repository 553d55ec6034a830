"""Killing the process at a chosen write, for tests of what survives it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

WRITES = ("write_bytes", "write_text", "rename", "replace", "unlink")


class KilledError(BaseException):
    """Stands for the process being killed; no handler for ordinary exceptions catches it."""


@contextmanager
def killed_at(monkeypatch: pytest.MonkeyPatch, step: int) -> Iterator[None]:
    """Raise `KilledError` in place of the write number `step`, counted from 0, of everything done inside."""
    left = [step]

    def dying(original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as the method it stands for
            if left[0] == 0:
                raise KilledError
            left[0] -= 1
            return original(*arguments, **options)

        return call

    with monkeypatch.context() as patch:
        for name in WRITES:
            patch.setattr(Path, name, dying(getattr(Path, name)))
        yield
