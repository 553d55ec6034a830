"""Where a quote begins to differ from its source, as it is told to the person who copied it."""

import pytest

from generator.records.differences import first_difference

SOURCE = "Tea was asked of 20 people.\nNo side effects were seen. Tea was liked by 18 people at 1-week follow-up."


@pytest.mark.parametrize(
    ("quote", "where", "found"),
    [
        ("No bad effects were seen.", "After 'No' the source goes on with 'side effects were seen. Tea was'.", "bad"),
        ("Nil side effects were seen", "Before 'side' the source has 'asked of 20 people. No'.", "Nil"),
        ("Coffee", "Not even the first word stands there.", "Coffee"),
        ("Nil side", "Not even the first word stands there.", "Nil"),
        ("0 people", "A quote does not begin or end within a word or number; the source has '20'.", "0 people"),
        ("20 people […] Tea was hated", "After 'Tea was' the source goes on with 'liked by 18", "hated"),
        ("liked by 1", "After 'liked by' the source goes on with '18 people at 1-week follow-up.'.", "1"),
    ],
)
def test_the_first_difference_is_told_with_its_surroundings(quote: str, where: str, found: str) -> None:
    told, seen = first_difference(quote, SOURCE)
    assert told.startswith(where)
    assert seen.startswith(f"'{found}")


@pytest.mark.parametrize(
    ("quote", "name"),
    [
        ("No side eﬀects were seen", "latin small ligature ff"),
        ("No side ef\u00adfects were seen", "soft hyphen"),
        ("No side\u200b effects were seen", "zero width space"),
        ("at 1\u2011week follow\u2013up", "non-breaking hyphen"),
    ],
)
def test_signs_that_only_look_the_same_are_named(quote: str, name: str) -> None:
    assert first_difference(quote, SOURCE) == (
        f"A sign only looks the same ({name}); it often comes from a PDF file.",
        "other signs",
    )


def test_a_sign_that_was_left_out_is_told() -> None:
    where, _ = first_difference("2.3 points", "It changed by (-2.3 points.")
    assert where == "A quote does not begin or end within a word or number; the source has '(-2.3'."


def test_pieces_in_another_order_and_another_mark_of_omission_are_told() -> None:
    assert first_difference("No side effects […] 20 people", SOURCE) == (
        "Each of its pieces stands there, but one before the other.",
        "them in another order",
    )
    assert first_difference("No side [...] seen", SOURCE) == (
        "The mark of an omission is one character in brackets: […]",
        "'[...]'",
    )
