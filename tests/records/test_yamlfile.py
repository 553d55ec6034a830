"""Reading YAML: text stays as typed, every fault has its place and its words, and no text ends the process."""

import subprocess
import sys

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.problems import Place
from generator.records import yamlclosely, yamlfile, yamlplain
from generator.records.yamlfaults import EXPECTED, EXPLANATIONS, Fault, explain, may_cut_off


def fault_of(text: str) -> Fault:
    """Return the one fault of a text."""
    document = yamlfile.read(text.encode())
    assert len(document.faults) == 1, document
    return document.faults[0]


def read(text: str) -> object:
    document = yamlfile.read(text.encode())
    assert document.faults == ()
    return document.data


@pytest.mark.parametrize(
    "typed",
    ["NO", "no", "on", "yes", "true", "012", "10.10", "1e3", "0x10", "2024-03-18", "1_000", "12:30", ".inf", "="],
)
def test_plain_text_stays_what_was_typed(typed: str) -> None:
    assert read(f"a: {typed}\nb: [{typed}]\n{typed}: c") == {"a": typed, "b": [typed], typed: "c"}


def test_structure_is_read() -> None:
    text = "# comment\na: {b: [1, '2', \"3\"], c: |\n    two\n    lines\n  }\n".replace(
        "|\n    two\n    lines\n  ", "x"
    )
    assert read(text) == {"a": {"b": ["1", "2", "3"], "c": "x"}}
    assert read("a: |\n  two\n  lines\nb: >-\n  one\n  line\n") == {"a": "two\nlines\n", "b": "one line"}
    assert read("- 1\n- - 2\n  - {a: b}\n") == ["1", ["2", {"a": "b"}]]
    assert read("text") == "text"


@pytest.mark.parametrize("empty", ["", " ~", " null", " Null", " NULL", "   # only a comment"])
def test_an_empty_value_is_none_and_has_a_place(empty: str) -> None:
    document = yamlfile.read(f"a:\n  - b:{empty}\n    c: 1\n  -\n".encode())
    assert document == yamlfile.Document({"a": [{"b": None, "c": "1"}, None]}, (), (("a", 0, "b"), ("a", 1)))


def test_quoted_emptiness_is_text() -> None:
    assert yamlfile.read(b"a: ''\nb: \"\"\nc: 'null'\nd: '~'\n") == yamlfile.Document(
        {"a": "", "b": "", "c": "null", "d": "~"}, (), ()
    )


def test_an_empty_key_is_an_empty_name() -> None:
    assert yamlfile.read(b"?\n: 1\n").data == {"": "1"}
    assert yamlfile.read(b"null: 1\n").data == {"null": "1"}


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"# only a comment\n", b"\xef\xbb\xbf", b"%YAML 1.1\n"])
def test_an_empty_file_is_a_fault(raw: bytes) -> None:
    (fault,) = yamlfile.read(raw).faults
    assert fault.message.startswith("expected")
    assert (fault.line, fault.column) <= (2, 1)


def test_only_comments_are_an_empty_file() -> None:
    assert fault_of("# nothing\n") == Fault(1, 1, "expected a record, found an empty file")


def test_byte_order_mark_and_windows_line_ends_are_read() -> None:
    assert yamlfile.read(b"\xef\xbb\xbfa: 1\r\nb:\r\n  - 2\r\n").data == {"a": "1", "b": ["2"]}
    assert yamlfile.read(b"a: |\r\n  x\r\n  y\r\n").data == {"a": "x\ny\n"}


def test_other_encodings_are_named_with_their_place() -> None:
    latin = "a: 1\nname: Zürich\n".encode("latin-1")
    assert yamlfile.read(latin).faults == (
        Fault(
            2,
            8,
            "expected UTF-8 text, found the byte 0xfc",
            "A letter here, often one with an accent, is saved in an old encoding. Save the file again as UTF-8 (in "
            "most editors under Save as, Encoding), or paste the text into the web editor.",
        ),
    )
    after_an_umlaut = "name: ü".encode() + b"\xfc"
    assert (yamlfile.read(after_an_umlaut).faults[0].line, yamlfile.read(after_an_umlaut).faults[0].column) == (1, 8)
    for encoding in ("utf-16-le", "utf-16-be"):
        mark = "\ufeff".encode(encoding)
        (fault,) = yamlfile.read(mark + "a: 1".encode(encoding)).faults
        assert fault.message == "expected UTF-8 text, found UTF-16"
        (fault,) = yamlfile.read("a: 1".encode(encoding)).faults
        assert fault.message == "expected UTF-8 text, found UTF-16"
    (fault,) = yamlfile.read(b"a: \0\0\0").faults
    assert (fault.column, fault.message) == (4, "expected text, found the control character U+0000")


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x0b", "\x1b", "\x7f", "\x80", "\x9f", "\ufffe", "\uffff"])
def test_control_characters_are_refused_with_their_place(character: str) -> None:
    fault = fault_of(f"a: 1\nbc: x{character}y\n")
    assert (fault.line, fault.column) == (2, 6)
    assert fault.message == f"expected text, found the control character U+{ord(character):04X}"


def test_signs_beyond_ascii_are_text() -> None:
    assert read("a: ≥ 5 µg — „Zürich“ 漢字 😀 \u202e\n") == {"a": "≥ 5 µg — „Zürich“ 漢字 😀 \u202e"}


def test_too_large_a_file_is_not_parsed() -> None:
    document = yamlfile.read(b"{" * 11, 10)
    assert document.faults == (
        Fault(1, 1, "expected at most 10 bytes, found 11", "Split the record, or ask for help."),
    )
    assert yamlfile.read(b"a: 1", 4).data == {"a": "1"}
    (fault,) = yamlfile.read(b"a" * (yamlfile.MAX_BYTES + 1)).faults
    assert fault.message == "expected at most 1,000,000 bytes, found 1,000,001"


def test_a_key_given_twice_names_both_lines() -> None:
    assert fault_of("a: 1\nb:\n  c: 1\n  d: 2\n  c: {e: , e: 3}\n") == Fault(
        5,
        3,
        "expected each key once, found 'c' again (first on line 3)",
        "Keep one of the two; if both matter, they belong in one list.",
        ("b", "c"),
    )


def test_every_fault_that_can_be_told_apart_is_reported() -> None:
    document = yamlfile.read(b"a: 1\na: 2\nb: !int 3\nc: *nothing\n<<: {x: 1}\n[d]: 4\na: 5\n")
    assert [(fault.line, fault.place) for fault in document.faults] == [
        (2, ("a",)),
        (3, ("b",)),
        (4, ("c",)),
        (5, ("<<",)),
        (6, ()),
        (7, ("a",)),
    ]
    assert [fault.message for fault in document.faults] == [
        "expected each key once, found 'a' again (first on line 1)",
        "expected a plain value, found the tag !int",
        "expected a value, found *nothing, an alias to nothing",
        "expected a name, found the merge key '<<'",
        "expected a name before the colon, found a list or mapping",
        "expected each key once, found 'a' again (first on line 1)",
    ]


@pytest.mark.parametrize(
    "tag", ["!!int", "!!python/object/apply:os.system", "!x", "!!binary", "!!set", "!!str x: !!map"]
)
def test_tags_are_refused(tag: str) -> None:
    text = f"a: {tag} [b]\n" if "set" not in tag else f"a: {tag} {{b: c}}\n"
    document = yamlfile.read(text.encode())
    assert any("found the tag" in fault.message or "found a second ': '" in fault.message for fault in document.faults)


def test_the_tags_of_plain_text_lists_and_mappings_are_harmless() -> None:
    assert read("a: !!str 1\nb: !!seq [!!map {c: ! 2}]\n") == {"a": "1", "b": [{"c": "2"}]}


def test_aliases_repeat_a_value() -> None:
    assert read("a: &x [1, {b: 2}]\nc: *x\nd: &y text\ne: *y\n*y : f\n") == {
        "a": ["1", {"b": "2"}],
        "c": ["1", {"b": "2"}],
        "d": "text",
        "e": "text",
        "text": "f",
    }


def test_an_alias_to_nothing_is_an_empty_value() -> None:
    assert yamlfile.read(b"a: &x\nb: *x\n") == yamlfile.Document({"a": None, "b": None}, (), (("a",), ("b",)))


@pytest.mark.parametrize("text", ["a: &x [1, *x]", "&x {a: *x}", "&x [[[*x]]]", "a: &x {b: {c: *x}}"])
def test_an_alias_to_what_it_is_part_of_is_refused(text: str) -> None:
    assert fault_of(text).message == "expected a value, found an alias to what it is part of"


def test_an_anchor_given_twice_is_refused() -> None:
    assert fault_of("a: &x 1\nb: &x 2\n").message == "expected each anchor once, found &x again"


def test_few_aliases_pass_and_many_do_not() -> None:
    few = "a: &x [1]\nb: [" + ", ".join(["*x"] * (yamlclosely.MAX_ALIASED // 2)) + "]\n"
    assert yamlfile.read(few.encode()).faults == ()
    one_more = few.replace("]\n", ", *x]\n").replace("&x [1, *x]", "&x [1]")
    assert fault_of(one_more).message == "expected few aliases, found too many"


def test_alias_bombs_are_refused_once() -> None:
    lines = ["a0: &a0 [lol]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert fault_of("\n".join(lines)).message == "expected few aliases, found too many"
    doubling = ["- &a0 [x]"] + [f"- &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 20_000)]
    assert fault_of("\n".join(doubling)).message == "expected few aliases, found too many"


DEEP = {
    "flow lists": "[" * 100_000,
    "flow mappings": "{a: " * 100_000,
    "dashes": "- " * 100_000,
    "question marks": "? " * 100_000,
    "indented": "".join(" " * depth + "a:\n" for depth in range(1_300)),
    "lists in mappings": "".join(" " * depth + "a:\n" + " " * depth + "-\n" for depth in range(900)),
    "brackets closed in text": '["]",' * 100_000,
    "brackets closed in comments": "[ # ]\n" * 100_000,
    "dashes after a carriage return": "#\r" + "- " * 100_000,
    "dashes after a next line": "#\x85" + "- " * 100_000,
    "dashes after a line separator": "#\u2028" + "- " * 100_000,
    "dashes after a byte order mark": "#\n\ufeff" + "- " * 100_000,
    "anchored": "".join(f"&a{n} [" for n in range(100_000)),
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_deep_nesting_is_a_fault_and_does_not_end_the_process(text: str) -> None:
    """Each in a process of its own: a parser that recurses takes the tests with it."""
    program = (
        "import sys; from generator.records import yamlfile; raw = sys.stdin.buffer.read();"
        "print(*(fault.message for fault in yamlfile.read(raw, len(raw)).faults));"
        "print(yamlfile.locate(raw, [('a',)]))"
    )
    done = subprocess.run([sys.executable, "-c", program], input=text.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-500:]
    assert done.stdout.decode() == "expected at most 40 levels of nesting, found more\n[(1, 1)]\n"


def test_forty_levels_are_allowed() -> None:
    assert yamlfile.read(b"[" * 40 + b"]" * 40).faults == ()
    assert fault_of("[" * 41 + "]" * 41) == Fault(1, 41, "expected at most 40 levels of nesting, found more")


@pytest.mark.parametrize("second", ["---\nb: 2\n", "...\n---\n{}", "--- |\n x\n", "---\n"])
def test_a_second_document_is_refused(second: str) -> None:
    fault = fault_of("a: 1\n" + second)
    assert fault.message == "expected one record in a file, found the start of a second one"
    assert fault.line in (2, 3)


def test_one_document_with_its_marks_is_read() -> None:
    assert read("%YAML 1.1\n---\na: 1\n...\n") == {"a": "1"}


BROKEN = [
    ("a: b: c\n", 1, 5, "found ': ' where it cannot stand"),
    ("title: Tea: a trial\n", 1, 11, "found ': ' where it cannot stand"),
    ("a: 1\nb: 'x\nc: 2\n", 2, 4, "found a quotation mark that is never closed"),
    ('a: "x\n', 1, 4, "found a quotation mark that is never closed"),
    ("a: 1\nb\nc: 2\n", 2, 1, "found a line without a name and a colon"),
    ('a: "\\q"\n', 1, 5, "found a backslash that means nothing here"),
    ('a: "C:\\users\\x"\n', 1, 9, "found a backslash that means nothing here"),
    ("a: 'it's'\n", 1, 8, "found a line or text that does not fit there"),
    ('a: "x" y\n', 1, 8, "found a line or text that does not fit there"),
    ("a:\n - 1\n b: 2\n", 3, 2, "found a line outside its list"),
    ("a: 1\nb: [1, 2\nc: 3\n", 2, 4, "found a bracket that is not closed"),
    ("a: {b: 1\n", 1, 4, "found a bracket that is not closed"),
    ("a: ]\n", 1, 4, "found a bracket or comma where none can stand"),
    ("a: - b\n", 1, 4, "found a list where none can stand"),
    ("a: @x\n", 1, 4, "found a sign that text cannot start with"),
    ("a: `x`\n", 1, 4, "found a sign that text cannot start with"),
    ("a: %\n", 1, 4, "found a sign that text cannot start with"),
    ("a: **bold**\n", 1, 5, "found & or *, which have a meaning here"),
    ("a: & b\n", 1, 5, "found & or *, which have a meaning here"),
    ("a: > 30 %\n", 1, 6, "found > or |, which start a longer text"),
    ("%TAG ! \n---\na: 1\n", 1, 8, "found '%' at the start of a line"),
    ("{a: 1}\nb: 2\n", 2, 1, "found more after the end of the record"),
    ("a: !<x\n", 1, 7, "found '!', which has a meaning here"),
    ("a: !e!x y\n", 1, 4, "found '!', which has a meaning here"),
    ("a:\n\tb: 1\n", 2, 1, "found a tab"),
    ("\ta: 1\n", 1, 1, "found a tab"),
    ("a: ? b\n", 1, 4, "found a question mark where none can stand"),
]


def _starts_with(sign: str, mended: str) -> tuple[str, str]:
    found = f"found text that starts with {sign!r}, which has a meaning of its own here"
    return found, f"Put the text in double quotes: {mended}"


SLIPS: dict[str, tuple[tuple[int, int], str, str]] = {
    "a: b: c\n": ((1, 5), "found a second ': ' in the text of 'a'", 'Put the text in double quotes: a: "b: c"'),
    "title: Tea: a trial\n": (
        (1, 11),
        "found a second ': ' in the text of 'title'",
        'Put the text in double quotes: title: "Tea: a trial"',
    ),
    "title: “Tea: a trial”  # required. Title.\n": (
        (1, 12),
        "found a second ': ' in the text of 'title'",
        'Curly quotation marks do not count; write straight ones: title: "Tea: a trial"',
    ),
    "text: " + "long " * 20 + ": x\n": (
        (1, 107),
        "found a second ': ' in the text of 'text'",
        'Put the text in double quotes: text: "…"',
    ),
    "p:\n  n = 20\n  source: q\n": (
        (2, 3),
        "found 'n' without a colon and a blank after it",
        "Write a colon and a blank after the name: n: 20",
    ),
    "p:\n  n:20\n  source: q\n": (
        (2, 3),
        "found 'n' without a colon and a blank after it",
        "Write a colon and a blank after the name: n: 20",
    ),
    "p:\n  n: 20\n\n  # about\n    source: q\n": (
        (5, 5),
        "found a line that starts further right than the line above it",
        "Lines that belong together start right below each other: move 'source', or 'n' on line 2, until they do.",
    ),
    "arms:\n  - id: a\n   label: b\n": (
        (3, 4),
        "found a line that starts further left than the line above it",
        "Lines that belong together start right below each other: move 'label', or 'id' on line 2, until they do.",
    ),
    "a: 'it's'\n": (
        (1, 1),
        "found text after the closing quotation mark of 'a'",
        'Put the whole text in double quotes, also where it holds quotation marks itself: a: "it\'s"',
    ),
    'a: "x" y\n': (
        (1, 1),
        "found text after the closing quotation mark of 'a'",
        "Put the whole text in single quotes, also where it holds quotation marks itself: a: '\"x\" y'",
    ),
    "a: [x] y\n": ((1, 4), *_starts_with("[", 'a: "[x] y"')),
    "a: ]\n": ((1, 4), *_starts_with("]", 'a: "]"')),
    "a: - b\n": ((1, 4), *_starts_with("-", 'a: "- b"')),
    "a: ? b\n": ((1, 4), *_starts_with("?", 'a: "? b"')),
    "a: @x\n": ((1, 4), *_starts_with("@", 'a: "@x"')),
    "a: `x`\n": ((1, 4), *_starts_with("`", 'a: "`x`"')),
    "a: %\n": ((1, 4), *_starts_with("%", 'a: "%"')),
    "a: **bold**\n": ((1, 4), *_starts_with("*", 'a: "**bold**"')),
    "a: & b\n": ((1, 4), *_starts_with("&", 'a: "& b"')),
    "a: > 30 %\n": ((1, 4), *_starts_with(">", 'a: "> 30 %"')),
    "a: -\n": (
        (1, 4),
        "found '-' alone in the place of a value",
        "Write NR when the report does not say; leave the line out when you have not looked.",
    ),
    "```yaml\na: 1\n```\n": (
        (1, 1),
        "found ```, which marks text in chats and on web pages",
        "Remove the lines with ```.",
    ),
}
"""Texts at which YAML breaks off for a reason that the lines tell better than the library, and what is said."""


BROKEN_FOR_C = [("a: {b: 1, c:}\n", 1, 12, "found ':' without a blank after it")]
"""What only the C parser refuses."""


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="the places are those of the C parser")
@pytest.mark.parametrize(("text", "line", "column", "found"), BROKEN + BROKEN_FOR_C)
def test_a_text_that_is_no_yaml_is_explained(text: str, line: int, column: int, found: str) -> None:
    fault = fault_of(text)
    if meant := SLIPS.get(text):
        start, found, hint = meant
        assert (fault.line, fault.column, fault.message) == (*start, f"{EXPECTED}, {found}")
        assert fault.hint == hint
    else:
        assert (fault.line, fault.column, fault.message) == (line, column, f"{EXPECTED}, {found}")
        assert fault.hint.endswith(".")
    assert fault.place == ()


@pytest.mark.parametrize("text", SLIPS)
def test_a_slip_is_told_from_the_lines(text: str) -> None:
    """The words are ours; the library gives only the place where it broke off."""
    (line, _), found, hint = SLIPS[text]
    fault = fault_of(text)
    assert (fault.line, fault.message, fault.hint) == (line, f"{EXPECTED}, {found}", hint)


@pytest.mark.parametrize("parser", [yaml.BaseLoader, getattr(yaml, "CBaseLoader", yaml.BaseLoader)])
@pytest.mark.parametrize(("text", "found"), [(text, found) for text, _, _, found in BROKEN if "a tab" not in found])
def test_both_parsers_are_understood(parser: type, text: str, found: str) -> None:
    with pytest.raises(yaml.MarkedYAMLError) as caught:
        list(yaml.parse(text, Loader=parser))
    said = f"{caught.value.context}: {caught.value.problem}" if caught.value.context else str(caught.value.problem)
    assert explain(said)[0] == found


def test_every_explanation_is_reached_by_a_text() -> None:
    assert {found for _, found, _ in EXPLANATIONS} <= {found for _, _, _, found in BROKEN + BROKEN_FOR_C}


@pytest.mark.parametrize("text", ["a: Group #1 improved\n", "- b #c\n", "a: {b: c} \nd: e\t#f\n"])
def test_text_that_a_remark_would_cut_off_is_refused(text: str) -> None:
    fault = fault_of(text)
    assert fault.message == "expected the whole text, found ' #', after which the rest of the line is dropped"
    assert fault.hint == "Put text that holds ' #' in double quotes; a remark of your own has a blank after the #."


def test_remarks_and_quoted_signs_cut_nothing_off() -> None:
    text = "#top\na: b # remark\nc: 'd #1'\ne: >-\n  f #2\n  g\n  #3\nh: i#4\nj:\n  #remark\n  - k  # l\n"
    assert read(text) == {"a": "b", "c": "d #1", "e": "f #2 g #3", "h": "i#4", "j": ["k"]}


def test_a_second_record_without_a_line_between_is_one_fault() -> None:
    (fault,) = yamlfile.read(b"a: 1\nb: 2\nc: 3\nd: 4\na: 5\nb: 6\nc: 7\nd: 8\n").faults
    assert fault == Fault(
        5,
        1,
        "expected one record in a file, found a second one with the same fields (a, b, c …)",
        "Move everything from here on to a file of its own, or remove it.",
    )
    assert len(yamlfile.read(b"a: 1\nb: 2\nc: 3\na: 5\nb: 6\n").faults) == 2


def test_an_unknown_complaint_is_repeated() -> None:
    assert explain("something new") == ("something new", "")


PLACES = """\
# comment
title: x
reports:
  - kind: a
    doi: b
  - {kind: c,
     doi: d}
quotes:
  q1: {text: e}
"""


@pytest.mark.parametrize(
    ("place", "position"),
    [
        ((), (2, 1)),
        (("title",), (2, 1)),
        (("reports",), (3, 1)),
        (("reports", 0), (4, 5)),
        (("reports", 0, "doi"), (5, 5)),
        (("reports", 1), (6, 5)),
        (("reports", 1, "doi"), (7, 6)),
        (("quotes", "q1", "text"), (9, 8)),
        (("reports", 1, "year"), (6, 5)),
        (("reports", 7, "year"), (3, 1)),
        (("nothing", "here"), (2, 1)),
        (("title", 0), (2, 1)),
    ],
)
def test_places_are_located(place: Place, position: tuple[int, int]) -> None:
    assert yamlfile.locate(PLACES.encode(), [place]) == [position]
    assert yamlfile.locate(PLACES.replace("\n", "\r\n").encode(), [place]) == [position]


def test_a_file_that_cannot_be_read_has_no_places() -> None:
    assert yamlfile.locate(b"a: 'x", [("a",), ("b", 0)]) == [(1, 1), (1, 1)]
    assert yamlfile.locate(b"", [("a",)]) == [(1, 1)]


def test_a_key_given_twice_is_located_where_it_stands_first() -> None:
    assert yamlfile.locate(b"a: {b: 1}\na: {b: 2, c: 3}\n", [("a", "b"), ("a", "c")]) == [(1, 5), (1, 1)]


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cn", "Co"))).filter(
    lambda text: "\ufeff" not in text and text != "<<"
)
values = st.recursive(
    texts, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4), max_leaves=20
)


@given(values)
def test_what_is_dumped_is_read_back(value: object) -> None:
    quoted = yaml.safe_dump(value, allow_unicode=True, default_style='"', sort_keys=False)
    assert yamlfile.read(quoted.encode()).data == value
    assert yamlfile.read(yaml.safe_dump(value, default_style="'", width=10_000).encode()).data == value


@given(st.binary(max_size=300))
@example(b"\xed\xa0\x80")
@example(b"a: \xff")
def test_no_bytes_raise(raw: bytes) -> None:
    assert_sound(raw)


YAML_SIGNS = st.text(st.sampled_from("ab:-?[]{},#&*!|>'\"%@` \t\n\r\x85\u2028\ufeff<~0.\\"), max_size=80)


@given(YAML_SIGNS)
@settings(max_examples=1_000)
@example("? [a]: b")
@example("- - a\n -b\n- c")
@example("a: &b\n*b : c")
@example("&a : *a")
@example("*")
@example("a: |\n\t")
def test_no_text_raises(text: str) -> None:
    assert_sound(text.encode())


def assert_sound(raw: bytes) -> None:
    """Either data or faults; every fault lies in the file; every place that is named can be located."""
    document = yamlfile.read(raw)
    n_lines = raw.count(b"\n") + raw.count(b"\r") + raw.count(b"\xc2\x85") + raw.count(b"\xe2\x80") + 2
    for fault in document.faults:
        assert 1 <= fault.line <= n_lines
        assert fault.column >= 1
        assert fault.message.startswith("expected")
    assert all(line >= 1 and column >= 1 for line, column in yamlfile.locate(raw, list(document.empty)))


@given(YAML_SIGNS)
@settings(max_examples=500)
def test_what_is_read_is_what_the_yaml_library_composes(text: str) -> None:
    """Where a text has no fault, the structure is that of PyYAML, with every scalar as text."""
    document = yamlfile.read(text.encode())
    if not document.faults:
        composed = yaml.load(text.removeprefix("\ufeff"), Loader=yamlplain.PARSER)  # noqa: S506 - makes text only
        assert without_empties(document.data) == without_empties(composed)


def without_empties(value: object) -> object:
    """Return the value with empty text for the spellings of nothing, which the library keeps as they were typed."""
    if isinstance(value, dict):
        return {key: without_empties(held) for key, held in value.items()}
    if isinstance(value, list):
        return [without_empties(held) for held in value]
    return "" if value in (None, "~", "null") else value


@given(YAML_SIGNS)
@settings(max_examples=1_000)
@example("a: b\na: c")
@example("<<: a")
@example("a:")
@example("a: [~, b]")
@example("a: {b: null}")
@example("a: ''")
@example("- &a b\n- *a")
@example("!!int 1")
@example("a: !b []")
@example("a\n---\nb")
@example("[a, {b: c, d: [e]}]")
@example("[" * yamlplain.MAX_DEPTH + "a" + "]" * yamlplain.MAX_DEPTH)
@example("[" * (yamlplain.MAX_DEPTH + 1) + "a" + "]" * (yamlplain.MAX_DEPTH + 1))
def test_plain_reading_reads_what_full_reading_reads_without_a_remark(text: str) -> None:
    full = yamlclosely.read_closely(text, None)
    data = yamlplain.read_plainly(text)
    if data is not None and not may_cut_off(text):
        assert not isinstance(full, Fault)
        assert (full.root, full.faults, full.empty) == (data, [], [])
