"""Editing a record's text: what was asked for changes, and every other byte stays."""

import contextlib
import difflib
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.records import yamlfile
from generator.records.yamledit import EditError, append, put
from generator.records.yamlspelling import Data, in_brackets, lines_of_key, lines_of_member

AS_PEOPLE_WRITE = """\
# A made-up record. Nothing in it is true.

title: 'Made-up: title'   # in quotes
tags: [one, "two, three"] # in brackets
texts: >-
  A made-up text
  over two lines

# about the list
first:
  - a # the first
  # still about the list
second:
- name: x
  text: |
    kept
      as it is
- {name: y, text: z}
# about the mapping
inner:
    deep: {n: 1, kind: "NO"}
    last: end
# the end
"""


def data_of(text: str) -> dict[str, Data]:
    document = yamlfile.read(text.encode())
    assert document.faults == ()
    assert isinstance(document.data, dict)
    return document.data


def added_and_removed(before: str, after: str) -> tuple[list[str], list[str]]:
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return [line[2:] for line in lines if line[0] == "+"], [line[2:] for line in lines if line[0] == "-"]


@pytest.mark.parametrize(
    ("edited", "added", "removed"),
    [
        (
            lambda text: put(text, ("title",), "B"),
            ["title: B   # in quotes"],
            ["title: 'Made-up: title'   # in quotes"],
        ),
        (
            lambda text: append(text, ("tags",), "a, b"),
            ['tags: [one, "two, three", "a, b"] # in brackets'],
            ['tags: [one, "two, three"] # in brackets'],
        ),
        (lambda text: append(text, ("first",), "b"), ["  - b"], []),
        (lambda text: append(text, ("second",), {"name": "w"}), ["- {name: w}"], []),
        (lambda text: put(text, ("second", 1, "name"), "q"), ["- {name: q, text: z}"], ["- {name: y, text: z}"]),
        (lambda text: put(text, ("second", 0, "more"), "q"), ["  more: q"], []),
        (
            lambda text: put(text, ("inner", "deep", "kind"), "no # comment"),
            ['    deep: {n: 1, kind: "no # comment"}'],
            ['    deep: {n: 1, kind: "NO"}'],
        ),
        (lambda text: put(text, ("inner", "new"), ["a"]), ["    new: [a]"], []),
        (lambda text: put(text, ("new", "deep"), "a"), ["new:", "  deep: a"], []),
        (lambda text: append(text, ("list",), "a"), ["list: [a]"], []),
        (
            lambda text: put(text, ("texts",), "short"),
            ["texts: short"],
            ["texts: >-", "  A made-up text", "  over two lines"],
        ),
    ],
)
def test_only_the_lines_asked_for_change(edited: Callable[[str], str], added: list[str], removed: list[str]) -> None:
    after = edited(AS_PEOPLE_WRITE)
    assert added_and_removed(AS_PEOPLE_WRITE, after) == (added, removed)


def test_a_new_member_comes_after_the_comments_of_the_list() -> None:
    lines = append(AS_PEOPLE_WRITE, ("first",), "b").splitlines()
    start = lines.index("first:")
    assert lines[start : start + 5] == ["first:", "  - a # the first", "  # still about the list", "  - b", "second:"]


def test_comments_below_the_last_member_that_are_not_indented_belong_to_what_follows() -> None:
    lines = append(AS_PEOPLE_WRITE, ("second",), "b").splitlines()
    assert lines[lines.index("- b") + 1] == "# about the mapping"


@pytest.mark.parametrize(
    ("order", "before"),
    [
        (("title", "new", "tags"), "tags:"),
        (("new", "title"), "title:"),
        (("inner", "new"), "# the end"),
        ((), "# the end"),
    ],
)
def test_a_new_key_stands_where_its_order_says(order: tuple[str, ...], before: str) -> None:
    lines = put(AS_PEOPLE_WRITE, ("new",), "here", {(): order}).splitlines()
    assert lines[lines.index("new: here") + 1].startswith(before)


@pytest.mark.parametrize("kind", ["block", "brackets"])
def test_a_new_key_may_be_the_first(kind: str) -> None:
    text = "a:\n  - b: 1 # one\n" if kind == "block" else "a: [{b: 1}] # one\n"
    after = put(text, ("a", 0, "new"), "x", {("a", 0): ("new", "b")})
    assert after == ("a:\n  - new: x\n    b: 1 # one\n" if kind == "block" else "a: [{new: x, b: 1}] # one\n")


def test_line_ends_and_the_mark_at_the_start_stay() -> None:
    windows = "\ufeff" + AS_PEOPLE_WRITE.replace("\n", "\r\n")
    after = put(append(windows, ("first",), "b"), ("inner", "new"), "word " * 60 + "end")
    assert after.startswith("\ufeff#")
    assert after.count("\n") == after.count("\r\n")
    assert put(append(AS_PEOPLE_WRITE, ("first",), "b"), ("inner", "new"), "word " * 60 + "end") == (
        after.removeprefix("\ufeff").replace("\r\n", "\n")
    )


def test_a_file_without_a_last_line_end_can_be_added_to() -> None:
    assert append("a:\n  - b # c", ("a",), "d") == "a:\n  - b # c\n  - d\n"
    assert put("a: b", ("c",), "d") == "a: b\nc: d\n"


def test_long_texts_are_folded_and_short_ones_are_not() -> None:
    words = "made-up words: " * 20 + "end"
    after = put("a: b\n", ("c",), words)
    assert max(map(len, after.splitlines())) <= 120
    assert after.splitlines()[1] == "c: >-"
    assert data_of(after)["c"] == words
    again = put(after, ("c",), words + " again")
    assert again.splitlines()[1] == "c: >-"
    assert data_of(again)["c"] == words + " again"


def test_a_comment_in_the_head_of_a_folded_text_stays() -> None:
    assert put("a: >- # why\n  long\n  text\nb: c\n", ("a",), "short") == "a: short # why\nb: c\n"


def test_a_mapping_beside_mappings_over_several_lines_is_written_so_too() -> None:
    after = put("q:\n  a:\n    text: x\n", ("q", "b"), {"text": "w"})
    assert after == "q:\n  a:\n    text: x\n  b:\n    text: w\n"
    assert append("q:\n- a: x\n  b: y\n", ("q",), {"a": "z"}) == "q:\n- a: x\n  b: y\n- a: z\n"


def test_empty_brackets_can_be_filled() -> None:
    assert append("a: []\n", ("a",), "b") == "a: [b]\n"
    assert put("a: {} # c\n", ("a", "b"), "d") == "a: {b: d} # c\n"
    assert put("a:\nb: c\n", ("a",), "d") == "a: d\nb: c\n"
    assert put("a:\n", ("b",), "d") == "a:\nb: d\n"


def test_a_list_over_several_lines_is_replaced_unless_it_holds_comments() -> None:
    assert data_of(put("a:\n  - b\n  - c\nd: e\n", ("a",), ["f"])) == {"a": ["f"], "d": "e"}
    with pytest.raises(EditError, match="comments"):
        put("a:\n  - b # important\n  - c\nd: e\n", ("a",), ["f"])


@pytest.mark.parametrize(
    "edit",
    [
        lambda: put("a: &x b\nc: *x\n", ("c",), "d"),
        lambda: put("a: &x b\nc: *x\n", ("a",), "d"),
        lambda: append("a: &x [b]\nc: *x\n", ("c",), "d"),
        lambda: put("a: [b]\n", ("a", 3), "d"),
        lambda: put("a: b\n", ("a", "c"), "d"),
        lambda: append("a: b\n", ("a",), "d"),
        lambda: put("", ("a",), "d"),
        lambda: put("a: b\na: c\n", ("a",), "d"),
        lambda: put("a: [b\n", ("a",), "d"),
        lambda: put("a: |+\n  b\n\n", ("c",), "d"),
    ],
)
def test_what_cannot_be_changed_alone_is_not_changed(edit: Callable[[], str]) -> None:
    with pytest.raises(EditError):
        edit()


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff\ufffe\uffff"), max_size=60)
NAMES = st.sampled_from(["a", "b", "on", "x-1", "Key"])
VALUES = st.recursive(
    TEXTS | st.sampled_from(["NO", "true", "null", "~", "1.10", "- a", "a: b", "a #b", "[a", "word " * 40 + "end"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)


@given(VALUES, st.integers(0, 30))
@example("word " * 40 + "end", 100)
@example("\x85 \u2028 \u202e 'x' \"y\" \\ \U0001f375", 0)
def test_any_value_reads_back_as_it_was(value: Data, column: int) -> None:
    assert data_of(f"a: {in_brackets(value)}\n") == {"a": value}
    indent = " " * column
    assert data_of(
        "\n".join([f"{indent}{lines_of_key('k', value, column)[0]}", *lines_of_key("k", value, column)[1:]])
    ) == {"k": value}
    first, *more = lines_of_member(value, column + 1)
    assert data_of("\n".join([f"l:\n{indent} {first}", *more])) == {"l": [value]}


@given(st.dictionaries(NAMES, VALUES, min_size=1), NAMES, VALUES, st.sampled_from(["block", "brackets"]), st.booleans())
@example({"a": {"a": "#"}}, "a", [], "block", False)
def test_an_edit_changes_the_data_by_what_was_asked_for(
    fields: dict[str, Data], name: str, value: Data, style: str, has_comments: bool
) -> None:
    lines = [line for key, held in fields.items() for line in lines_of_key(key, held, 0, spread=style == "block")]
    text = in_brackets(fields) if style == "brackets" else "\n".join(lines)
    text = (
        f"# above\n{text} # beside\n# below\n"
        if has_comments and style == "brackets"
        else f"# above\n{text}\n# below\n"
    )
    if style == "block" and isinstance(fields.get(name), list | dict) and "#" in str(fields[name]):
        with contextlib.suppress(EditError):  # a sign that may begin a comment: refused rather than a comment lost
            assert data_of(put(text, (name,), value)) == {**fields, name: value}
        return
    after = put(text, (name,), value)
    assert data_of(after) == {**fields, name: value}
    assert after.startswith("# above\n")
    assert after.endswith("# below\n")
