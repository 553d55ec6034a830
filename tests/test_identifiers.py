"""Identifiers: the spellings that people paste become one, and what is none is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import identifiers

NORMAL = {
    "doi": [
        ("10.2217/rme-2023-0110", "10.2217/rme-2023-0110"),
        ("https://doi.org/10.2217/RME-2023-0110", "10.2217/rme-2023-0110"),
        ("http://dx.doi.org/10.1000/182", "10.1000/182"),
        ("doi.org/10.1000/182", "10.1000/182"),
        ("doi: 10.1000/182", "10.1000/182"),
        (" DOI:10.1000/182. ", "10.1000/182"),
        ("10.1000/182;", "10.1000/182"),
        ("10.1000.10/a(b)c:1_2;3/4?x=1#y", "10.1000.10/a(b)c:1_2;3/4?x=1#y"),
        ("10.1000/ü", "10.1000/ü"),
    ],
    "pmid": [("38291234", "38291234"), ("PMID: 38291234", "38291234"), ("pmid38291234", "38291234"), (" 1 ", "1")],
    "pmcid": [("PMC7827976", "PMC7827976"), ("pmc7827976 ", "PMC7827976")],
    "openalex": [
        ("W2741809807", "W2741809807"),
        ("https://openalex.org/W2741809807", "W2741809807"),
        ("https://api.openalex.org/works/w2741809807", "W2741809807"),
    ],
    "orcid": [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("0000-0001-5109-3700", "0000-0001-5109-3700"),
    ],
    "registry": [
        ("NCT04849429", "NCT04849429"),
        (" nct 04849429 ", "NCT04849429"),
        ("ISRCTN 12345678", "ISRCTN12345678"),
        ("isrctn12345678", "ISRCTN12345678"),
        ("ctri/2020/01/022955", "CTRI/2020/01/022955"),
        ("CHICTR2000012345", "ChiCTR2000012345"),
        ("chictr-trc-08000123", "ChiCTR-TRC-08000123"),
        ("2023-505613-24-00", "2023-505613-24-00"),
        ("2019-003456-12", "2019-003456-12"),
        ("drks00012345", "DRKS00012345"),
        ("ACTRN12612000123456", "ACTRN12612000123456"),
        ("JPRN-UMIN000012345", "UMIN000012345"),
        ("jprn-JRCTS031190001", "jRCTs031190001"),
        ("jRCT1080220001", "jRCT1080220001"),
        ("IRCT20171234567N1", "IRCT20171234567N1"),
        ("kct0001234", "KCT0001234"),
        ("PACTR201501000997397", "PACTR201501000997397"),
        ("TCTR20200101001", "TCTR20200101001"),
        ("rbr-3ABC45", "RBR-3abc45"),
        ("slctr/2020/001", "SLCTR/2020/001"),
        ("RPCEC00000123", "RPCEC00000123"),
        ("LBCTR2020012345", "LBCTR2020012345"),
        ("NTR1234", "NTR1234"),
        ("NL5678", "NL5678"),
        ("PER-123-20", "PER-123-20"),
    ],
}

NOT_ONE = {
    "doi": [
        "",
        "10.1000",
        "10.1000/",
        "11.1000/182",
        "10.12/x",
        "x10.1000/182",
        "10.1000/a b",
        "10.1000/a<b>",
        '10.1000/a"b',
        "10.1000/a\nb",
        "10.1000/a\u200bb",
        "10.1000/a\u202eb",
        "https://example.org/10.1000/182",
        "10.١٠٠٠/182",
        "javascript:alert(1)//10.1000/182",
    ],
    "pmid": ["", "0", "012", "1234567890", "PMC12", "12a", "٣٤", "-1", "1.0"],
    "pmcid": ["", "7827976", "PMC", "PMC12x", "PMC٣", "PMC1234567890"],
    "openalex": ["", "A2741809807", "W12", "W27418098071234", "https://example.org/W2741809807", "W٣٤٣٤٣٤"],
    "orcid": [
        "",
        "0000-0002-1825-0098",
        "0000-0002-1825-009X",
        "0000000218250097",
        "0000-0002-1825-00971",
        "http://example.org/0000-0002-1825-0097",
        "٠٠٠٠-0002-1825-0097",
    ],
    "registry": [
        "",
        "NCT1234567",
        "NCT123456789",
        "XNCT04849429",
        "NCT0484942٩",
        "ISRCTN1234567",
        "ISRCTN00000000/../x",
        "CTRI-2020-01-022955",
        "ChiCTR12",
        "2023-405613-24-00",
        "../NCT04849429",
        "NCT04849429\x00",
    ],
}


@pytest.mark.parametrize(
    ("scheme", "typed", "normal"), [(scheme, *pair) for scheme, pairs in NORMAL.items() for pair in pairs]
)
def test_spellings_become_one(scheme: str, typed: str, normal: str) -> None:
    assert identifiers.normalise(scheme, typed) == normal
    assert identifiers.normalise(scheme, normal) == normal


@pytest.mark.parametrize(
    ("scheme", "typed"), [(scheme, typed) for scheme, several in NOT_ONE.items() for typed in several]
)
def test_what_is_no_identifier_is_refused(scheme: str, typed: str) -> None:
    assert identifiers.normalise(scheme, typed) is None


def test_every_scheme_has_a_name_an_example_and_cases() -> None:
    assert set(NORMAL) == set(NOT_ONE) == set(identifiers.NAMES) == set(identifiers.EXAMPLES)
    for scheme, example in identifiers.EXAMPLES.items():
        for each in example.replace(" or ", ", ").split(", "):
            assert identifiers.normalise(scheme, each) == each


@given(st.sampled_from(sorted(NORMAL)), st.text(max_size=40))
def test_normalising_never_raises_and_settles(scheme: str, text: str) -> None:
    normal = identifiers.normalise(scheme, text)
    if normal is not None:
        assert identifiers.normalise(scheme, normal) == normal
        assert normal.isprintable()
        assert not set(normal) & set(' <>"')


@given(st.integers(0, 10**15 - 1), st.sampled_from("0123456789X"))
def test_one_check_digit_of_eleven_fits_an_orcid(number: int, check: str) -> None:
    """ISO 7064 MOD 11-2 as ORCID prints it: the weighted sum with the check digit is 1 modulo 11."""
    digits = f"{number:015d}{check}"
    total = 0
    for digit in digits:
        total = total * 2 + (10 if digit == "X" else int(digit))
    spelled = "-".join(digits[start : start + 4] for start in range(0, 16, 4))
    assert (identifiers.normalise_orcid(spelled) is not None) == (total % 11 == 1)


@pytest.mark.parametrize(
    ("doi", "registration"),
    [
        ("10.1186/ISRCTN12345678", "ISRCTN12345678"),
        ("https://doi.org/10.1186/isrctn12345678", "ISRCTN12345678"),
        ("10.1186/isrctn1234567", None),
        ("10.1186/isrctn12345678.2", None),
        ("10.5555/isrctn12345678", None),
        ("10.1186/2046-4053-4-6", None),
        ("ISRCTN12345678", None),
        ("", None),
    ],
)
def test_a_doi_may_stand_for_a_registration(doi: str, registration: str | None) -> None:
    assert identifiers.registration_of_doi(doi) == registration


@pytest.mark.parametrize("registration", [normal for _, normal in NORMAL["registry"]])
def test_a_registration_survives_its_file_name(registration: str) -> None:
    stem = identifiers.file_name(registration)
    assert "/" not in stem
    assert identifiers.from_file_name(stem) == registration


@pytest.mark.parametrize(
    "stem", ["nct04849429", "JPRN-UMIN000012345", "wilson-2024", "", "CTRI-2020-01", "NCT 04849429"]
)
def test_a_file_name_that_no_registration_has_is_none(stem: str) -> None:
    assert identifiers.from_file_name(stem) is None


@pytest.mark.parametrize(
    ("registration", "name"),
    [
        ("NCT04849429", "ClinicalTrials.gov"),
        ("2023-505613-24-00", "EU CTIS"),
        ("2019-003456-12", "EudraCT"),
        ("CTRI/2020/01/022955", "CTRI"),
    ],
)
def test_the_registry_of_a_registration_is_known(registration: str, name: str) -> None:
    registry = identifiers.registry_of(registration)
    assert registry is not None
    assert registry.name == name


def test_no_registry_has_an_unknown_registration() -> None:
    assert identifiers.registry_of("nct04849429") is None
    assert identifiers.registry_of("") is None


@pytest.mark.parametrize(
    ("scheme", "identifier", "address"),
    [
        ("doi", "10.2217/rme-2023-0110", "https://doi.org/10.2217/rme-2023-0110"),
        ("doi", "10.5555/a?b=1#c'd[e]&f", "https://doi.org/10.5555/a%3Fb%3D1%23c%27d%5Be%5D%26f"),
        ("pmid", "38291234", "https://pubmed.ncbi.nlm.nih.gov/38291234"),
        ("pmcid", "PMC7827976", "https://pmc.ncbi.nlm.nih.gov/articles/PMC7827976"),
        ("openalex", "W2741809807", "https://openalex.org/W2741809807"),
        ("orcid", "0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"),
        ("registry", "NCT04849429", "https://clinicaltrials.gov/study/NCT04849429"),
        ("registry", "ISRCTN12345678", "https://www.isrctn.com/ISRCTN12345678"),
        ("registry", "CTRI/2020/01/022955", None),
        ("registry", "no registration", None),
    ],
)
def test_addresses_are_safe_to_link(scheme: str, identifier: str, address: str | None) -> None:
    assert identifiers.address(scheme, identifier) == address


@given(st.sampled_from(["doi", "pmid", "pmcid", "openalex", "orcid"]), st.text(max_size=30))
def test_no_identifier_breaks_out_of_its_address(scheme: str, text: str) -> None:
    address = identifiers.address(scheme, text.encode("utf-8", "replace").decode())
    assert address is not None
    assert address.startswith("https://")
    assert not set(address) & set(" <>\"'\\`\n?#&")
