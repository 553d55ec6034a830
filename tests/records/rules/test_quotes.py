"""Whether a quote stands in its source: what is forgiven, and what is not."""

from pathlib import Path

import pytest

from generator.model.records import Records
from generator.model.report import Quote
from generator.model.study import RiskOfBias, Study
from generator.model.trial import Trial
from generator.records.quotes import Quoting, Verdict, count_verdicts, named_quotes, normal, stands_in, verify_quotes
from tests.evidence import read

TEXT = "In a made-up study, 125 people hummed;  pain fell by 65.04%\n(p<0.0001) in 1,250 hums. Caf\u00e9s were shut."


@pytest.mark.parametrize(
    "quote",
    [
        "125 people hummed; pain fell by 65.04%",
        "125   people\n\thummed;\u00a0pain",
        "made-up study",
        "Cafe\u0301s were shut.",
        "In a made-up study, […] pain fell […] shut.",
        "[…] people hummed […]",
        "pain fell by 65.04% […] in 1,250 hums",
        "(p<0.0001)",
        "In a made-up study, 125 people hummed; pain fell by 65.04% (p<0.0001) in 1,250 hums. Cafés were shut.",
    ],
)
def test_words_that_stand_there(quote: str) -> None:
    assert stands_in(quote, normal(TEXT))


@pytest.mark.parametrize(
    "quote",
    [
        "125 People hummed",
        "125 persons hummed",
        "125 people hummed, pain",
        "made\u2011up study",
        "Cafes were shut.",
        "pain fell […] 125 people",
        "people hummed […] people hummed",
        "pain fell ... in 1,250",
        "pain fell [...] in 1,250",
        "25 people hummed",
        "pain fell by 65",
        "04% (p<0.0001)",
        "in 1",
        "250 hums",
        "eople hummed",
        "people hum",
        "[…]",
    ],
)
def test_words_that_do_not_stand_there(quote: str) -> None:
    assert not stands_in(quote, normal(TEXT))


@pytest.mark.parametrize("minus", ["-", "\u2212", "\u2013"])
def test_a_number_does_not_stand_there_without_its_sign(minus: str) -> None:
    for text in (f"Pain changed by {minus}2.3 points.", f"{minus}2.3 points", f"(95% CI {minus}2.3 points)"):
        assert not stands_in("2.3 points", text)
        assert stands_in(f"{minus}2.3 points", text)
    assert stands_in("2.3 points", f"Pain of 1.1{minus}2.3 points, vitamin B{minus}12")
    assert stands_in("12", f"vitamin B{minus}12")
    assert stands_in("(3 hums)", f"{minus}2(3 hums)")
    assert stands_in("2.3 points", f"First {minus}2.3 points, then 2.3 points.")


def test_a_later_place_counts_when_the_first_would_cut_a_word() -> None:
    assert stands_in("hum", "hums and hum.")
    assert not stands_in("hum", "hums and hummed")
    assert not stands_in("hum", "Àhum and humԯ")  # the first and the last letter that joins


def test_a_script_without_blanks_may_be_quoted_from_within() -> None:
    assert stands_in("外泌体治疗", "这是外泌体治疗腰痛的研究。")


def study(quotes: dict[str, tuple[str, str]]) -> Study:
    """Return a made-up study with quotes by key, each a report and its words."""
    return Study.model_validate(
        {
            "title": "A made-up study",
            "design": "before-after",
            "reports": [
                {
                    "kind": "journal-article",
                    "primary": "true",
                    "citation": "Made up",
                    "access": "secondary",
                    "integrity": {"status": "not-checked"},
                    "source": "q1",
                }
            ],
            "participants": {"n_enrolled": "10", "source": ["q1", "q2"]},
            "arms": [{"id": "all", "label": "All", "role": "experimental", "source": "q3"}],
            "harms": {"events": [{"what": "Cough", "source": "q4"}]},
            "extraction": {"basis": "secondary", "agreement": "single"},
            "history": [{"on": "2026-01-31", "kind": "included", "note": "Made up."}],
            "sources": {"title": "q5"},
            "quotes": {key: {"report": report, "at": "p. 1", "text": text} for key, (report, text) in quotes.items()},
        }
    )


def test_verdicts_are_told_apart() -> None:
    quotes = {"q1": ("told", "Ten people"), "q2": ("told", "Nine people"), "q3": ("untold", "Ten people")}
    records = Records(included={"made-up": study(quotes)}, source_texts={"told": "Ten people hummed."})
    verdicts = verify_quotes(records)
    path = "studies/included/made-up.yml"
    assert verdicts == {
        (path, ("quotes", "q1")): Verdict.VERIFIED,
        (path, ("quotes", "q2")): Verdict.FAILED,
        (path, ("quotes", "q3")): Verdict.NOT_VERIFIABLE,
    }
    assert count_verdicts(verdicts) == {Verdict.VERIFIED: 1, Verdict.NOT_VERIFIABLE: 1, Verdict.FAILED: 1}


def test_an_empty_text_on_file_verifies_nothing() -> None:
    records = Records(included={"made-up": study({"q1": ("told", "Ten people")})}, source_texts={"told": ""})
    assert list(verify_quotes(records).values()) == [Verdict.FAILED]


def test_every_place_that_names_quotes_is_found() -> None:
    assert dict(named_quotes(study({}))) == {
        ("reports", 0, "source"): ("q1",),
        ("participants", "source"): ("q1", "q2"),
        ("arms", 0, "source"): ("q3",),
        ("harms", "events", 0, "source"): ("q4",),
        ("sources", "title"): ("q5",),
    }


def test_the_keys_that_a_part_uses_are_those_of_every_place_that_names_some() -> None:
    domains = {"chance": {"judgement": "low", "support": "Made-up.", "source": "q6"}}
    assessed = {"tool": "made-up", "outcome": "made-up", "by": ["ana"], "on": "2026-01-31", "overall": "low"}
    risk = RiskOfBias.model_validate(assessed | {"domains": domains})
    part = study({}).model_copy(update={"risk_of_bias": (risk,)})
    named = {key for _, keys in named_quotes(part) for key in keys}
    assert Quoting("", (), part, {}).used == named == {f"q{number}" for number in range(1, 7)}


def test_quotes_of_the_protocol_and_of_excluded_reports_are_compared_too(made_up_review: Path) -> None:
    folders = {path.split("/")[1] for path, _ in verify_quotes(read(made_up_review).records)}
    assert folders >= {"protocol.yml", "included", "excluded"}


def test_a_source_that_is_no_quote_is_not_taken_for_one() -> None:
    trial = Trial.model_validate(
        {
            "registry": "Made up",
            "title": "NR",
            "intervention": "NR",
            "status_history": [{"seen": "2026-01-31", "status": "RECRUITING", "by": "ana", "source": "t1"}],
            "found": [{"source": "made-up-index", "on": "2026-01-31"}],
            "known_on": "2026-01-31",
        }
    )
    assert list(named_quotes(trial)) == [(("status_history", 0, "source"), ("t1",))]


def test_a_quote_keeps_its_words_as_typed() -> None:
    assert Quote.model_validate({"report": "told", "at": "p. 1", "text": "65.04  %"}).text == "65.04  %"
