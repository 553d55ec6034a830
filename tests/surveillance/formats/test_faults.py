"""Damaged and hostile files: refused with file, line and advice, or read without losing a record. Never in part."""

import json

import pytest

from generator.surveillance.formats import FormatError, read
from tests.surveillance.formats.made_up import NAMES, parsed, raw, read_or_refused, records_are_equal

RIS = b"TY  - JOUR\nTI  - A made-up title\nER  -\n\nTY  - JOUR\nTI  - A second made-up title\nER  -\n"
SCOPUS = b'"Authors","Title","Source title","EID"\n"Example A.","One","Made-up","1"\n"Example B.","Two","Made-up","2"\n'


def refused(name: str, content: bytes) -> FormatError:
    with pytest.raises(FormatError) as caught:
        read(name, content, "made-up-source")
    assert caught.value.name == name
    assert str(caught.value).startswith(f"{name}:{caught.value.line}: ")
    assert "Nothing was imported." in str(caught.value)
    return caught.value


def titles(content: bytes) -> list[str]:
    return [record.title for record in read("made-up", content, "made-up-source").records]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ends", ["\r\n", "\r", "mixed"])
def test_line_ends_change_nothing(name: str, ends: str) -> None:
    lines = raw(name).decode().split("\n")
    if ends == "mixed":
        changed = "".join(line + ("\n", "\r\n", "\r")[number % 3] for number, line in enumerate(lines))
    else:
        changed = ends.join(lines)
    assert records_are_equal(read(name, changed.encode(), "made-up-source"), parsed(name))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks_hide_no_record(name: str, encoding: str) -> None:
    changed = raw(name).decode().encode(encoding)
    found = read(name, changed, "made-up-source")
    assert records_are_equal(found, parsed(name))
    assert found.encoding == encoding.removesuffix("-sig")


@pytest.mark.parametrize("name", NAMES)
def test_the_suffix_means_nothing(name: str) -> None:
    found = read("made-up.pdf", raw(name), "made-up-source")
    assert found.format == parsed(name).format
    assert [record.title for record in found.records] == [record.title for record in parsed(name).records]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("share", [0.2, 0.4, 0.6, 0.8, 0.97])
def test_a_cut_file_is_refused_or_keeps_what_stands_before_the_cut(name: str, share: float) -> None:
    whole = raw(name)
    cut = whole.decode()[: int(len(whole.decode()) * share)].encode()
    found = read_or_refused(name, cut)
    if isinstance(found, FormatError):
        assert found.line >= 1
    else:
        before = parsed(name).records
        assert [record.place for record in found.records] == [record.place for record in before[: len(found.records)]]
        assert found.records[:-1] == before[: len(found.records) - 1], "only the last record can have been cut"


@pytest.mark.parametrize(
    "name", ["endnote.xml", "ictrp-2020.xml", "publish-or-perish.json", "wos.txt", "zotero.bib", "scopus.bib"]
)
def test_layouts_with_an_end_mark_are_refused_when_it_is_cut_off(name: str) -> None:
    text = raw(name).decode().rstrip()
    refused(name, text[:-2].encode())


def test_windows_1252_is_assumed_and_said() -> None:
    found = read("old.ris", "TY  - JOUR\nTI  - Bandscheiben für “made-up” – 5 €\nER  -\n".encode("cp1252"), "made-up")
    assert found.encoding == "windows-1252"
    assert found.records[0].title == "Bandscheiben für “made-up” – 5 €"


def test_damaged_utf_8_is_not_taken_for_windows_1252() -> None:
    error = refused(
        "damaged.ris", "TY  - JOUR\nTI  - für\nAU  - Müller\nER  -\n".encode().replace(b"\xc3\xbcl", b"\xc3l")
    )
    assert error.line == 3
    assert "byte 30 is not UTF-8" in str(error)


def test_half_a_character_at_the_end_is_no_other_encoding() -> None:
    refused("cut.ris", "TY  - JOUR\nTI  - für ü".encode()[:-1])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        (b"PK\x03\x04\x00\x00made up", "zero bytes"),
        (b"%PDF-1.7 made up", "the layout of the file is not known"),
        (b"<html><body>Please log in</body></html>", "the layout of the file is not known"),
        (b'{"message": "made-up error"}', "the layout of the file is not known"),
        (b"A made-up letter about records.\n", "the layout of the file is not known"),
        (b"name,colour\nmade-up,red\n", "the layout of the file is not known"),
    ],
)
def test_what_is_no_export_is_refused(content: bytes, message: str) -> None:
    assert message in refused("other.ris", content).message


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.surveillance.formats.reading.export_text.MAX_BYTES", 100)
    assert "more than the 100" in refused("large.ris", RIS * 10).message


def test_headers_without_records_are_refused() -> None:
    assert "no record" in refused("empty.csv", SCOPUS.splitlines(keepends=True)[0]).message
    assert "no record" in refused("empty.xml", b"<Trials_downloaded_from_ICTRP/>").message


def test_a_lost_er_line_loses_no_record() -> None:
    assert titles(RIS.replace(b"ER  -\n\n", b"")) == ["A made-up title", "A second made-up title"]
    assert titles(RIS.rstrip().removesuffix(b"ER  -")) == ["A made-up title", "A second made-up title"]


def test_a_lost_ty_line_is_refused_at_its_place() -> None:
    error = refused("export.ris", RIS.replace(b"\nTY  - JOUR\nTI  - A second", b"\nTI  - A second"))
    assert (error.line, error.message) == (5, "this line stands outside a record")
    assert refused("export.ris", RIS.removeprefix(b"TY  - JOUR\n")).line == 1


def test_a_ty_line_that_cannot_be_read_is_refused_at_its_place() -> None:
    error = refused("export.ris", RIS + b"TY - made up\nTI  - Third\nER  -\n")
    assert error.line == 8
    error = refused("export.ris", RIS.replace(b"ER  -\n\nTY  - JOUR\nTI  - A s", b"TY - made up\nTI  - A s"))
    assert (error.line, error.message) == (3, "1 records could be read, but 2 are there; they part at this line")


def test_u_2028_and_its_like_stay_inside_a_value() -> None:
    content = "TY  - JOUR\nTI  - One\u2028two\x0bthree\x85four\x0cfive\nER  -\n".encode()
    assert titles(content) == ["One two three four five"]


def test_a_lost_pmid_line_is_refused_at_its_place() -> None:
    content = raw("pubmed.nbib").replace(b"PMID- 31000005\n", b"")
    assert refused("pubmed.nbib", content).line == 33


def test_a_lost_pt_line_is_refused_at_its_place() -> None:
    assert refused("wos.txt", raw("wos.txt").replace(b"PT C\n", b"")).line == 27


def test_a_lost_er_of_web_of_science_loses_no_record() -> None:
    found = read("wos.txt", raw("wos.txt").replace(b"ER\n\nPT C", b"PT C"), "made-up-source")
    assert len(found.records) == 2


@pytest.mark.parametrize(
    ("name", "between"),
    [
        ("embase.ris", b"A made-up abstract.\nER  -\n\nTY  - JOUR\nM3  - Erratum\nY1  - 2015"),
        ("pubmed.nbib", b"\n\nPMID- 31000005"),
        ("wos.txt", b"\nER\n\nPT C"),
        ("scopus.bib", b"source={Scopus},\n}\n\n@CONFERENCE{Example2022,"),
        ("publish-or-perish.json", b"},\n\t{"),
    ],
)
def test_records_that_a_lost_piece_merged_are_refused(name: str, between: bytes) -> None:
    """The ends and starts of records are gone, so that both counts agree on one record too few."""
    whole = raw(name)
    assert whole.count(between) == 1
    if name == "publish-or-perish.json":
        merged = whole.replace(between, b",").replace(b'"title": ""', b'"title": "Made up"')
        merged = merged.replace(b'"year": 0', b'"year": 2020')
    elif name == "embase.ris":
        merged = whole.replace(between, b"Y1  - 2015\nDO  - 10.5555/second\nVL  - 4")
    else:
        merged = whole.replace(between, b"")
    assert "is two in one" in refused(name, merged).message


def test_a_title_in_two_languages_is_no_second_record() -> None:
    assert titles(RIS.replace(b"TI  - A made-up", b"TI  - Ein erfundener Titel\nTI  - A made-up", 1)) == [
        "Ein erfundener Titel",
        "A second made-up title",
    ]


def test_a_lost_brace_is_refused_at_its_record() -> None:
    text = raw("scopus.bib").decode()
    error = refused("scopus.bib", text.replace("nowhere else: {p}", "nowhere else: {p").encode())
    assert error.line == 4
    error = refused("scopus.bib", text.replace("title={The same", "title={{The same").encode())
    assert (error.line, error.message) == (25, "a field of this record cannot be read; reading stopped at line 31")
    error = refused("scopus.bib", text.rstrip().removesuffix("source={Scopus},\n}").encode() + b"source={Scopus")
    assert (error.line, error.message) == (25, "the record that starts here is not closed")


def test_a_lost_start_of_a_bibtex_record_is_refused_at_its_place() -> None:
    text = raw("scopus.bib").decode()
    for broken in (text.replace("@CONFERENCE", "CONFERENCE"), text.replace("@CONFERENCE{Example2022,", "")):
        error = refused("scopus.bib", broken.encode())
        assert error.message == "this line stands outside a record"
        assert error.line in (25, 26)
    assert refused("scopus.bib", (text + "title={Made up}\n").encode()).line == 32
    assert refused("scopus.bib", text.replace("@ARTICLE", "ARTICLE").encode()).line == 4
    commented = read("scopus.bib", text.replace("@CONFERENCE", "% made up\n@CONFERENCE").encode(), "made-up-source")
    assert len(commented.records) == 2


def test_a_lost_brace_that_closes_later_is_refused_where_the_counts_part() -> None:
    content = b"@article{one, title={One}\n@article{two, title={Two}}\n}\n@article{three, title={Three}}\n"
    assert refused("lost.bib", content).line in (1, 2)


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (b'"One"', b'"One', 2),
        (b'"One"', b'One"', 3),
        (b'"One"', b'"O"ne"', 2),
        (b'"Made-up","1"', b'"Made-up"', 2),
        (b'"Made-up","1"', b'"Made-up","1","surplus"', 2),
        (b'"2"', b'"2', 3),
    ],
)
def test_a_stray_quote_or_a_lost_cell_is_refused_at_its_row_or_the_next(before: bytes, after: bytes, line: int) -> None:
    assert refused("scopus.csv", SCOPUS.replace(before, after, 1)).line == line


def test_blank_rows_and_empty_cells_at_the_end_are_no_records() -> None:
    assert titles(SCOPUS.replace(b'"1"\n', b'"1",,\n\n,,,\n')) == ["One", "Two"]


def test_a_semicolon_may_separate_cells() -> None:
    assert titles(SCOPUS.replace(b'","', b'";"')) == ["One", "Two"]


def test_a_headerless_file_of_unknown_columns_is_refused() -> None:
    rows = raw("ictrp-full.csv").replace(b"https://example.org/made-up/", b"a made-up column", 2)
    refused("ictrp.csv", rows)
    second_row_only = raw("ictrp-full.csv").decode().rpartition("https://example.org")
    error = refused("ictrp.csv", f"{second_row_only[0]}made up {second_row_only[2]}".encode())
    assert error.line == 2


def test_a_lost_line_end_of_a_file_without_header_is_refused() -> None:
    refused("ictrp.csv", raw("ictrp-full.csv").replace(b",\nCTRI", b",CTRI"))


BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "made up"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<Trials_downloaded_from_ICTRP><Trial><TrialID>&b;</TrialID></Trial></Trials_downloaded_from_ICTRP>
"""


@pytest.mark.parametrize(
    "content",
    [
        BOMB,
        BOMB.replace(b'<!ENTITY a "made up">', b'<!ENTITY a SYSTEM "file:///etc/passwd">'),
        b'<!DOCTYPE xml SYSTEM "http://example.org/made-up.dtd">\n<xml><records><record/></records></xml>',
    ],
)
def test_doctypes_and_entities_are_refused(content: bytes) -> None:
    assert refused("bomb.xml", content).message == "the XML has a DOCTYPE or an entity"


def test_unknown_entities_deep_nesting_and_other_encodings_are_refused() -> None:
    head, tail = b"<xml><records><record><titles>", b"</titles></record></records></xml>"
    assert "undefined entity" in refused("x.xml", head + b"<title>&made;</title>" + tail).message
    assert "nested deeper" in refused("x.xml", head + b"<a>" * 100 + b"</a>" * 100 + tail).message
    declared = b'<?xml version="1.0" encoding="GB2312"?>' + head + tail
    assert "the encoding GB2312 is not read" in refused("x.xml", declared).message


def test_text_that_looks_like_a_tag_stays_text() -> None:
    content = raw("ictrp-2020.xml").replace(b"BMI &lt;6", b"BMI &lt;6&gt; and <![CDATA[<Trial> p<0.05]]> &amp;lt;")
    assert read("x.xml", content, "made-up").records[0].title.endswith("BMI <6> and <Trial> p<0.05 &lt;")


@pytest.mark.parametrize(
    "content",
    [
        b'[{"rank": 1}, "made up"]',
        b'[{"rank": 1}] {"rank": 2}',
        b'[{"rank": 1}, {"rank": ]',
        b'[{"rank": ' + b"[" * 100_000,
        b'[{"rank": ' + b"9" * 10_000 + b"}]",
    ],
)
def test_damaged_json_is_refused(content: bytes) -> None:
    refused("made-up.json", content)


def test_half_a_character_in_json_is_replaced() -> None:
    found = read("x.json", b'[{"rank": 1, "title": "made \\ud800up"}]', "made-up")
    assert found.records[0].title == "made \N{REPLACEMENT CHARACTER}up"
    assert json.dumps(found.records[0].title, ensure_ascii=False).encode()
