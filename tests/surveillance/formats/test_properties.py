"""What holds for every file: what is written is read back, and nothing but FormatError is ever raised."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.surveillance.formats import FormatError, read
from tests.surveillance.formats.made_up import NAMES, raw, read_or_refused

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1, max_size=12
)
TEXTS = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
Values = dict[str, Any]
RECORDS: st.SearchStrategy[Values] = st.fixed_dictionaries(
    {
        "TI": TEXTS,
        "AU": st.lists(TEXTS.filter(lambda text: not text.upper().startswith("NCT")), max_size=3),
        "PY": st.integers(1950, 2030),
        "AB": st.lists(TEXTS.filter(lambda text: not text.startswith("TY")), max_size=3),
        "DO": st.sampled_from(["", "10.5555/made-up.1"]),
    }
)
STARTS = (
    b"TY  - JOUR\n",
    b"TY - JOUR\n",
    b"@article{made-up,\n",
    b"PMID- 1\n",
    b"FN Clarivate\nVR 1.0\nPT J\n",
    b"<xml><records><record>",
    b"<Trials_downloaded_from_ICTRP><Trial>",
    b'[{"rank": 1, ',
    b'"Authors","Title","Source title","EID"\n',
    b"PT\tAU\tTI\tSO\tUT\n",
    b"TrialID,Public title\n",
    b"\xff\xfe",
    b"\xef\xbb\xbfTY  - JOUR\n",
)


def written_as_ris(records: list[Values], gap: str, *, ends: bool) -> str:
    lines = []
    for record in records:
        lines.append(f"TY{gap}- JOUR")
        for tag, value in record.items():
            if tag == "AB" and isinstance(value, list):
                lines += [f"AB{gap}- {value[0]}", *value[1:]] if value else []
            else:
                lines += [f"{tag}{gap}- {one}" for one in (value if isinstance(value, list) else [value])]
        lines += [f"ER{gap}- ", ""] if ends else []
    return "\n".join(lines)


def check(content: bytes) -> None:
    """Read a file of arbitrary content: it gives records, or it is refused with a place."""
    found = read_or_refused("made-up", content)
    if isinstance(found, FormatError):
        assert found.name == "made-up"
        assert found.line >= 1
    else:
        assert found.records


@given(st.lists(RECORDS, min_size=1, max_size=4), st.sampled_from(["  ", " "]), st.booleans())
def test_what_is_written_as_ris_is_read_back(records: list[Values], gap: str, ends: bool) -> None:
    found = read("made-up.ris", written_as_ris(records, gap, ends=ends).encode(), "made-up-source").records
    assert len(found) == len(records)
    for one, record in zip(found, records, strict=True):
        assert one.title == " ".join(str(record["TI"]).split())
        assert list(one.authors) == [" ".join(author.split()) for author in record["AU"]]
        assert one.year == record["PY"]
        assert one.abstract == " ".join(" ".join(record["AB"]).split())
        assert one.doi == record["DO"]


@given(st.binary(max_size=300))
def test_arbitrary_bytes_raise_nothing_but_a_format_error(content: bytes) -> None:
    check(content)


@given(st.sampled_from(STARTS), st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_arbitrary_bytes_behind_a_true_start_raise_nothing_but_a_format_error(start: bytes, rest: bytes) -> None:
    check(start + rest)


@given(st.sampled_from(NAMES), st.data())
def test_a_file_with_a_piece_cut_out_is_refused_or_read_with_equal_counts(name: str, data: st.DataObject) -> None:
    whole = raw(name)
    start = data.draw(st.integers(0, len(whole)))
    length = data.draw(st.integers(1, 40))
    check(whole[:start] + whole[start + length :])
