"""Real exports, where they are at hand: as many records as a plain search for their first lines finds, none empty."""

from pathlib import Path

import pytest

from generator.identifiers import registry_of
from generator.model.source_record import RecordKind, SourceRecord
from generator.surveillance.formats import FormatError, Parsed, read

COUNTS = {
    "exports/asreview-embase.csv": ("CSV of Embase", 6),
    "exports/asreview-embase.ris": ("RIS", 6),
    "exports/asreview-scopus.ris": ("RIS", 6),
    "exports/asreview-web_of_science.txt": ("RIS", 10),
    "exports/citesource-pubmed_46.ris": ("RIS", 46),
    "exports/google-scholar-publish-or-perish-colrev.json": ("Publish or Perish JSON", 7),
    "exports/manubot-bibliography.nbib": ("MEDLINE (nbib)", 2),
    "exports/scopus-bibx.bib": ("BibTeX", 14),
    "exports/wos-tagged-savedrecs-bom.txt": ("Web of Science plain text", 5),
    "exports/zotero-bibtex-google-scholar-style-polish-latex.bib": ("BibTeX", 1),
    "exports/zotero-ris-one-space-tags.ris": ("RIS", 1),
    "ictrp/ictrp-portal-export-18Mar2020.xml": ("WHO ICTRP XML", 43),
    "ictrp/ictrp-portal-export-18Sep2026-3-trials.xml": ("WHO ICTRP XML", 3),
    "pubmed/pubmed-25744111-structured-abstract.nbib": ("MEDLINE (nbib)", 1),
    "pubmed/pubmed-36216673-publisher-ahead-of-print.nbib": ("MEDLINE (nbib)", 1),
}


def is_proceedings(record: SourceRecord) -> bool:
    """Return whether a record is a whole volume of a conference, which has no authors."""
    return "Proceedings" in record.title


def recorded(folder: Path, name: str) -> Parsed:
    return read(name, (folder / name).read_bytes(), "recorded")


@pytest.mark.parametrize("name", COUNTS)
def test_a_real_export_loses_no_record(recorded_responses: Path, name: str) -> None:
    found = recorded(recorded_responses, name)
    assert (found.format, len(found.records)) == COUNTS[name]
    for record in found.records:
        assert record.title, record.place
        assert record.year, record.place
        assert record.authors or record.kind is RecordKind.REGISTRATION or is_proceedings(record), record.place


@pytest.mark.parametrize(
    ("name", "number", "field", "expected"),
    [
        ("exports/asreview-embase.ris", 0, "doi", "10.4103/2303-9027.138783"),
        ("exports/asreview-embase.csv", 0, "doi", "10.4103/2303-9027.138783"),
        ("exports/asreview-embase.csv", 5, "pages", "31-33"),
        ("exports/asreview-scopus.ris", 1, "pmid", "31421429"),
        ("exports/asreview-web_of_science.txt", 0, "published", "2018-09"),
        ("exports/citesource-pubmed_46.ris", 0, "published", "2023-01-09"),
        ("exports/manubot-bibliography.nbib", 1, "pmcid", "PMC6103790"),
        ("exports/scopus-bibx.bib", 5, "doi", "10.1109/tmag.2022.3144394"),
        ("exports/scopus-bibx.bib", 6, "pmid", "35802614"),
        ("exports/wos-tagged-savedrecs-bom.txt", 4, "doi", "10.1128/aem.02591-07"),
        (
            "exports/zotero-bibtex-google-scholar-style-polish-latex.bib",
            0,
            "authors",
            ("Derbis, Romuald", "Bańka, Augustyn"),
        ),
        ("exports/zotero-ris-one-space-tags.ris", 0, "doi", "10.1111/j.1755-0998.2009.02750.x"),
        ("pubmed/pubmed-25744111-structured-abstract.nbib", 0, "published", "2015-03-03"),
        ("pubmed/pubmed-36216673-publisher-ahead-of-print.nbib", 0, "doi", "10.1016/j.wem.2022.07.008"),
        ("ictrp/ictrp-portal-export-18Sep2026-3-trials.xml", 2, "registration", "DRKS00040782"),
    ],
)
def test_fields_of_real_exports(recorded_responses: Path, name: str, number: int, field: str, expected: object) -> None:
    assert getattr(recorded(recorded_responses, name).records[number], field) == expected


def test_the_same_key_twice_gives_two_records(recorded_responses: Path) -> None:
    found = recorded(recorded_responses, "exports/scopus-bibx.bib")
    titles = {record.title for record in found.records if record.authors[:1] == ("Jeong, S.",)}
    assert len(titles) == 3


def test_real_registrations_have_normal_ids_and_days(recorded_responses: Path) -> None:
    for name in ("ictrp/ictrp-portal-export-18Mar2020.xml", "ictrp/ictrp-portal-export-18Sep2026-3-trials.xml"):
        for record in recorded(recorded_responses, name).records:
            assert registry_of(record.registration), record.place
            assert len(record.published) == len("2020-02-17"), record.place
            assert record.linked == (), "free text such as 23-232 BO is no registration"


def test_the_day_of_a_real_export_is_read(recorded_responses: Path) -> None:
    assert recorded(recorded_responses, "ictrp/ictrp-portal-export-18Mar2020.xml").exported_on == "2020-03-18"
    assert recorded(recorded_responses, "ictrp/ictrp-portal-export-18Sep2026-3-trials.xml").exported_on == "2026-09-18"


def test_withdrawals_that_show_only_in_the_title_are_found(recorded_responses: Path) -> None:
    found = recorded(recorded_responses, "ictrp/ictrp-portal-export-18Mar2020.xml")
    withdrawn = [record for record in found.records if record.retracted]
    assert len(withdrawn) == 14
    assert {record.venue for record in withdrawn} == {"ChiCTR"}


@pytest.mark.parametrize("folder", ["openalex", "rss", "isrctn", "crossref", "ctis"])
def test_what_is_no_export_is_refused(recorded_responses: Path, folder: str) -> None:
    for path in sorted((recorded_responses / folder).iterdir()):
        with pytest.raises(FormatError, match="the layout of the file is not known"):
            read(path.name, path.read_bytes(), "recorded")
