"""A page as it is written: front matter, then the body."""

from generator.site.page import Page


def test_days_are_kept_whole_in_the_body_and_plain_in_the_front_matter() -> None:
    page = Page("made-up.md", "Made up on 2026-11-23", "Seen 2026-11-23, by 95 %.", "Seen 2026-11-23, by 95 %.")
    front, _, body = page.text.removeprefix("---\n").partition("---\n")
    assert front == 'title: "Made up on 2026-11-23"\ndescription: "Seen 2026-11-23, by 95 %."\n'
    assert body == "\nSeen <time>2026-11-23</time>, by 95\N{NO-BREAK SPACE}%.\n"
