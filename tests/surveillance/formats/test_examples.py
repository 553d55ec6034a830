"""Every layout, read from a made-up file: which layout, how many records, and what each record holds."""

import pytest

from generator.model.registry_record import RegistryRecord
from generator.model.registry_status import RegistryStatus
from generator.model.source_record import RecordKind
from generator.surveillance.formats import every, read
from tests.surveillance.formats.made_up import NAMES, parsed

EXPECTED: dict[str, tuple[str, list[dict[str, object]]]] = {
    "scopus.ris": (
        "RIS",
        [
            {
                "title": "Made-up vesicles in made-up discs: a made-up study",
                "authors": ("Example, A.", "Beispiel, Ö."),
                "year": 2024,
                "published": "2024",
                "venue": "Made-up Journal of Spines",
                "pages": "104501",
                "doi": "10.5555/made-up.2024.001",
                "pmid": "31000001",
                "abstract": "A made-up abstract of a trial with p < 0.05. T1 - weighted images were made up, too.",
                "kind": RecordKind.ARTICLE,
                "retracted": None,
                "place": "scopus.ris:1",
            },
            {"kind": RecordKind.CONFERENCE_ABSTRACT, "retracted": True, "doi": "", "place": "scopus.ris:27"},
        ],
    ),
    "embase.ris": (
        "RIS",
        [
            {
                "authors": ("Made-up L.", "Example D.G."),
                "doi": "10.5555/made-up.138783",
                "pages": "152-160",
                "accession": "L000000001",
            },
            {"kind": RecordKind.ERRATUM, "title": "Correction to a made-up record"},
        ],
    ),
    "one-blank.ris": (
        "RIS",
        [{"title": "Made-up loci of made-up snakes", "doi": "10.5555/made-up.one-blank", "accession": ""}],
    ),
    "ovid-and-cochrane.ris": (
        "RIS",
        [
            {"doi": "10.5555/made-up(2019)1:2", "pmid": "31000002", "published": "2019", "pages": "1-9"},
            {"kind": RecordKind.REGISTRATION, "registration": "NCT00000001", "year": 2020, "pmid": ""},
        ],
    ),
    "scopus.bib": (
        "BibTeX",
        [
            {
                "title": "Raised by 50% in a made-up group & nowhere else: p<0.05, cost $5",
                "authors": ("Example, A.", "Beispiel, B."),
                "pages": "3200705",
                "pmid": "31000003",
                "abstract": "Write to @homemade-up for more; a brace { that is escaped.",
            },
            {"title": "The same key, another made-up work", "kind": RecordKind.ARTICLE},
        ],
    ),
    "zotero.bib": (
        "BibTeX",
        [
            {
                "title": "Zażółć gęślą and Über-Tea: Camellia 100% made up",
                "authors": ("Müller, Jörg", "The Made-up and Tea Group", "Ærø, Ørjan", "Čapek, K."),
                "venue": "Journal of Made-up Tea",
                "published": "2021-06-12",
                "pages": "12-19",
                "doi": "10.5555/tea_2021",
            },
            {
                "title": 'A "quoted" made-up title',
                "published": "2020-11-02",
                "kind": RecordKind.PREPRINT,
                "doi": "10.5555/preprint.1",
            },
            {"title": "A made-up abstract without a key", "kind": RecordKind.CONFERENCE_ABSTRACT},
        ],
    ),
    "pubmed.nbib": (
        "MEDLINE (nbib)",
        [
            {
                "title": "Made-up effects of made-up practices against made-up pain in a made-up place.",
                "authors": ("Example, Ann A", "Beispiel B", "Made-up Group for Made-up Trials"),
                "published": "2015",
                "doi": "10.5555/j.made-up.2015.01.018",
                "pmid": "31000004",
                "pmcid": "PMC0000001",
                "abstract": "OBJECTIVES: A made-up study of made-up people. PMID- 31 is no record here.",
                "linked": ("NCT00000001", "ISRCTN00000002"),
                "retracted": True,
            },
            {
                "kind": RecordKind.PREPRINT,
                "published": "2020-11-02",
                "doi": "10.5555/preprint.so",
                "linked": ("10.5555/published", "PMID:31000006"),
                "retracted": None,
            },
        ],
    ),
    "wos.txt": (
        "Web of Science plain text",
        [
            {
                "title": "Made-up Role for a Made-up Enzyme in Made-up Strains",
                "authors": ("Example, Ann A.", "Beispiel, Bob"),
                "published": "2011-02-15",
                "pages": "732-738",
                "doi": "10.5555/aem.02132-10",
                "pmid": "31000007",
                "accession": "WOS:000000000100004",
            },
            {"authors": ("Example, A",), "kind": RecordKind.CONFERENCE_ABSTRACT, "pages": "104501"},
        ],
    ),
    "wos.tsv": (
        "tab-separated Web of Science",
        [
            {"title": 'A 5" made-up disc', "authors": ("Example, Ann", "Beispiel, Bob"), "doi": "10.5555/wos.1"},
            {"title": '"Made up", they said', "kind": RecordKind.ERRATUM},
        ],
    ),
    "wos.csv": (
        "table of Web of Science",
        [{"title": "A made-up title, with a comma", "published": "2021-03-01", "pmid": "31000010", "pages": "3-4"}],
    ),
    "scopus.csv": (
        "CSV of Scopus",
        [
            {
                "title": 'A made-up title of BMI <6, with "quotes"',
                "authors": ("Example, Ann", "Beispiel, Bob"),
                "doi": "10.5555/scopus.1",
                "pages": "e15",
                "abstract": "A made-up abstract on two lines.",
                "accession": "2-s2.0-00000000002",
            },
            {"authors": (), "kind": RecordKind.PREPRINT, "place": "scopus.csv:4"},
        ],
    ),
    "embase.csv": (
        "CSV of Embase",
        [
            {
                "authors": ("Example A.A.", "Beispiel B."),
                "venue": "Made-up Endoscopy",
                "published": "2014-08-25",
                "volume": "3",
                "pages": "152-160",
                "doi": "10.5555/made-up.csv.1",
                "linked": ("NCT00000001", "NCT00000003"),
                "registration": "",
            }
        ],
    ),
    "cochrane.csv": (
        "CSV of the Cochrane Library",
        [
            {"kind": RecordKind.REGISTRATION, "registration": "NCT00000004", "authors": ()},
            {"authors": ("Example A", "Beispiel BC"), "doi": "10.5555/cochrane.1", "pmid": "31000012"},
        ],
    ),
    "publish-or-perish.csv": (
        "CSV of Publish or Perish",
        [{"authors": ("A Example", "B Beispiel"), "issue": "", "volume": "57", "url": "https://example.org/made-up"}],
    ),
    "publish-or-perish.json": (
        "Publish or Perish JSON",
        [
            {
                "title": "A made-up title with a {brace} that is cut …",
                "authors": ("A Example", "B Beispiel"),
                "volume": "",
                "accession": "GS:00000000000000000001",
            },
            {"title": "", "year": None, "place": "publish-or-perish.json:17"},
        ],
    ),
    "pubmed.csv": (
        "CSV of PubMed",
        [{"authors": ("Example A", "Beispiel B."), "pmid": "31000013", "pmcid": "PMC0000002"}],
    ),
    "endnote.xml": (
        "EndNote XML",
        [
            {
                "title": "Made-up CO2 and BMI <6",
                "authors": ("Example, Ann", "Beispiel, B."),
                "published": "2018-03-05",
                "pmid": "31000014",
                "abstract": "Line one. Line two.",
                "doi": "10.5555/endnote.1",
            },
            {"title": "", "authors": (), "place": "endnote.xml:3"},
        ],
    ),
    "ictrp-2020.xml": (
        "WHO ICTRP XML",
        [
            {
                "title": "Cancelled by the investigator Made-up vesicles for BMI <6",
                "registration": "ChiCTR2000000001",
                "published": "2020-02-17",
                "venue": "ChiCTR",
                "kind": RecordKind.REGISTRATION,
                "retracted": True,
                "authors": (),
                "trial": RegistryRecord(
                    "ChiCTR2000000001",
                    home=False,
                    title="Cancelled by the investigator Made-up vesicles for BMI <6",
                    status_as_printed="Not Recruiting",
                    registry_updated="2020-02-17",
                    sponsor="Made-up Hospital",
                    registered="2020-02-17",
                ),
            },
            {
                "registration": "2015-001234-12",
                "accession": "EUCTR2015-001234-12-DE",
                "published": "2015-03-04",
                "retracted": None,
                "trial": RegistryRecord(
                    "2015-001234-12",
                    home=False,
                    title="Withdrawn participants in a made-up trial",
                    registered="2015-03-04",
                ),
            },
        ],
    ),
    "ictrp-2026.xml": (
        "WHO ICTRP XML",
        [
            {
                "title": "Made-up vesicles in low back pain",
                "registration": "CTRI/2020/01/000001",
                "published": "2026-08-05",
                "linked": ("NCT00000005",),
                "abstract": "First enrolment: August 15, 2026. Condition: Made-up Pain.",
                "place": "ictrp-2026.xml:4",
            },
            {"registration": "", "accession": "ITMCTR2026000001", "trial": None},
        ],
    ),
    "ictrp.csv": (
        "WHO ICTRP CSV",
        [
            {
                "title": "A made-up trial, with a comma",
                "registration": "jRCT0000000001",
                "published": "2026-09-13",
                "venue": "jRCT",
                "trial": RegistryRecord(
                    "jRCT0000000001",
                    home=False,
                    title="A made-up trial, with a comma",
                    status=RegistryStatus.RECRUITING,
                    status_as_printed="Recruiting",
                    registry_updated="2026-09-21",
                    study_type="Interventional",
                    sponsor="Made-up University",
                    registered="2026-09-13",
                    start="2020-02",
                ),
            },
            {"published": "2026-10-01", "retracted": True, "linked": ("UMIN000000001",)},
        ],
    ),
    "ictrp-full.csv": (
        "WHO ICTRP CSV",
        [
            {"registration": "NCT00000006", "published": "2020-03-01", "linked": (), "place": "ictrp-full.csv:1"},
            {
                "title": 'A second made-up trial, "quoted" on two lines',
                "registration": "CTRI/2020/01/000002",
                "linked": ("NCT00000007",),
            },
        ],
    ),
}


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_read_whole(name: str) -> None:
    layout, expected = EXPECTED[name]
    found = parsed(name)
    assert found.format == layout
    assert found.encoding == "utf-8"
    assert len(found.records) == len(expected)
    for record, fields in zip(found.records, expected, strict=True):
        assert {field: getattr(record, field) for field in fields} == fields
        assert record.source == "made-up-source"
        assert record.place.startswith(f"{name}:")


def one_registration(**stated: str) -> RegistryRecord | None:
    """Return what an export says of one trial; `stated` are the fields of the portal."""
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in ({"TrialID": "CTRI/2020/01/000001"} | stated).items())
    text = f"<Trials_downloaded_from_ICTRP><Trial>{inner}</Trial></Trials_downloaded_from_ICTRP>"
    return read("made-up.xml", text.encode(), "made-up-source").records[0].trial


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Recruiting", RegistryStatus.RECRUITING),
        ("Active, not recruiting", RegistryStatus.ACTIVE_NOT_RECRUITING),
        ("Not yet recruiting", RegistryStatus.NOT_YET_RECRUITING),
        ("Completed", RegistryStatus.COMPLETED),
        ("Not Recruiting", None),
        ("Not recruiting", None),
        ("Authorised", None),
        ("Available", None),
        ("", None),
    ],
)
def test_a_status_of_the_portal_is_mapped_only_where_it_can_mean_one(
    printed: str, expected: RegistryStatus | None
) -> None:
    trial = one_registration(Recruitment_Status=printed)
    assert trial
    assert (trial.status, trial.status_as_printed) == (expected, printed)


@pytest.mark.parametrize(
    ("size", "expected"), [("60", 60), ("0", 0), ("Group 1:30;Group 2:30;", None), ("about 60", None), ("", None)]
)
def test_a_size_of_the_portal_counts_only_when_it_is_one_number(size: str, expected: int | None) -> None:
    trial = one_registration(Target_size=size)
    assert trial
    assert trial.n_enrolled == expected


def test_an_entry_for_one_country_says_nothing_of_the_whole_trial() -> None:
    stated = {"Countries": "Madeupland;Elsewhere", "Target_size": "60", "Recruitment_Status": "Recruiting"}
    whole = one_registration(**stated)
    assert whole
    assert (whole.countries, whole.n_enrolled) == (("Madeupland", "Elsewhere"), 60)
    national = one_registration(TrialID="EUCTR2015-001234-12-DE", **stated)
    assert national
    assert national.registration == "2015-001234-12"
    assert (national.countries, national.n_enrolled, national.status) == ((), None, None)


def test_every_layout_has_an_example() -> None:
    assert {layout for layout, _ in EXPECTED.values()} == {layout.name for layout in every()}


def test_the_day_of_an_export_is_read_where_it_is_stated() -> None:
    assert parsed("ictrp-2020.xml").exported_on == "2020-03-18"
    assert parsed("ictrp-2026.xml").exported_on == "2026-09-18"
    assert parsed("ictrp.csv").exported_on == ""
    assert parsed("scopus.ris").exported_on == ""


def test_the_path_of_a_library_on_its_owners_disk_is_not_taken_over() -> None:
    assert "C:" not in repr(parsed("endnote.xml"))
