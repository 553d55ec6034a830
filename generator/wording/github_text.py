"""Untrusted text for a pull request, an issue or a comment on GitHub: it shows as typed and does nothing.

Beyond Markdown and HTML, GitHub acts on mentions (`@name`), references (`#12`, `GH-12`), closing keywords in front of
them, and addresses. It looks for them after Markdown is rendered, so a character reference does not stop them: a
zero-width space after the sign that starts them does.
"""

import re

from markupsafe import Markup

from generator.wording.markdown import escape, html

_STARTS = re.compile(r"(@|&#35;|\bGH(?=-)|\b(?:https?|ftp)(?=:)|\bwww(?=\.))", re.IGNORECASE)
_NEVER = re.compile(r"[\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Signs that turn the direction of what follows them, also of our own words, and halves of signs."""
ZERO_WIDTH_SPACE = "\u200b"


def untrusted(text: object) -> Markup:
    """Return text from a record, a form or a source on one line, without any effect on GitHub.

    What is already markup made by this project stays as it is.
    """
    if isinstance(text, Markup):
        return text
    shown = _NEVER.sub("\N{REPLACEMENT CHARACTER}", str(text))
    return html(_STARTS.sub(rf"\1{ZERO_WIDTH_SPACE}", str(escape(shown))))
