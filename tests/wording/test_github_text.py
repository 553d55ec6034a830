"""Untrusted text on GitHub: each sign that would act there is kept from acting, and nothing else is changed."""

import pytest
from markupsafe import Markup

from generator.wording.github_text import ZERO_WIDTH_SPACE as GAP
from generator.wording.github_text import untrusted


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("@octocat", f"@{GAP}octocat"),
        ("closes #1", f"closes &#35;{GAP}1"),
        ("made-up/tea#12", f"made-up/tea&#35;{GAP}12"),
        ("gh-4 but not high-4", f"gh{GAP}-4 but not high-4"),
        ("HTTPS://example.org", f"HTTPS{GAP}://example.org"),
        ("ftp://example.org www.example.org", f"ftp{GAP}://example.org www{GAP}.example.org"),
        ("`x` <!-- ]]>", "&#96;x&#96; &#60;&#33;-- ]]&#62;".replace("]", "&#93;")),
        ("one\n::set-output name=x::y\r\n# two", f"one ::set-output name&#61;x::y &#35;{GAP} two"),
        ("A plain title: 10.5555/made-up, 12 %", "A plain title: 10.5555/made-up, 12 %"),
    ],
)
def test_signs_that_act_are_kept_from_acting(text: str, shown: str) -> None:
    assert untrusted(text) == shown


@pytest.mark.parametrize("sign", ["\u202a", "\u202e", "\u2066", "\u2069", "\ud800"])
def test_signs_that_turn_our_words_or_cannot_be_sent_are_replaced(sign: str) -> None:
    assert untrusted(f"made{sign}up") == "made\ufffdup"


def test_letters_that_are_read_from_right_to_left_stay() -> None:
    assert untrusted("\u05ea\u05d4 \u0634\u0627\u064a\u200f") == "\u05ea\u05d4 \u0634\u0627\u064a\u200f"


def test_our_own_markup_stays() -> None:
    assert untrusted(Markup("<b>#1</b>")) == "<b>#1</b>"
