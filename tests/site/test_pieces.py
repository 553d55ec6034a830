"""What is kept between builds: never a byte of the site may differ from one that is made with nothing kept."""

import datetime as dt
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import build as building
from generator.model.records import SCREENED, STUDY, TRIAL, path_of
from generator.model.study import Overlap, Related
from generator.model.summary import Summary
from generator.records import checking
from generator.review import Review
from generator.site import kept_texts, pieces, website
from generator.site.jsontext import json_text, plain
from generator.site.kept_texts import Pieces
from generator.site.pieces import KeepingReview
from generator.site.tables import studies
from tests.benchmarks import made_up_records
from tests.conftest import MADE_UP
from tests.evidence import HOSTILE, TODAY, read

NO_DOCUMENTS = Path("no-documents-here")


@pytest.fixture(scope="module", params=["real", "made-up tea", "made-up scale"])
def review(request: pytest.FixtureRequest, real_review: Path, tmp_path_factory: pytest.TempPathFactory) -> Review:
    if request.param == "made-up scale":
        root = tmp_path_factory.mktemp("scale")
        made_up_records.write(root, 12)
        return read(root)
    return read(real_review if request.param == "real" else MADE_UP)


def fresh(review: Review) -> dict[str, bytes]:
    return website.gather(Review(review.records, review.protocol, review.today), NO_DOCUMENTS)


def file_digests(review: Review) -> dict[str, str]:
    """Return what tells the files of the records apart, as if each had been written from its record."""
    held = review.records
    return {
        path_of(kind, key): json_text(plain(record))
        for kind, by_id in ((STUDY, held.included), (SCREENED, held.screened))
        for key, record in by_id.items()
    }


def kept(review: Review, folder: Path) -> dict[str, bytes]:
    """Return the site as a new process would make it, and keep its pieces."""
    held = Pieces(folder)
    digests = file_digests(review)
    files = website.gather(KeepingReview(review.records, review.protocol, review.today, held, digests), NO_DOCUMENTS)
    held.keep()
    return files


def differing(review: Review, folder: Path) -> list[str]:
    """Return the paths whose content differs between a build with kept pieces and a fresh one."""
    one, other = kept(review, folder), fresh(review)
    return [path for path in {**one, **other} if one.get(path) != other.get(path)]


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    return {file.name: (file.stat().st_ino, file.stat().st_mtime_ns) for file in folder.iterdir()}


def test_the_first_and_the_second_build_say_the_same_as_one_that_keeps_nothing(review: Review, tmp_path: Path) -> None:
    folder = tmp_path / "pieces"
    assert differing(review, folder) == []
    before = stamps(folder)
    assert differing(review, folder) == []
    assert stamps(folder) == before, "everything was found, so nothing was written"
    assert len(review.records.included) + len(review.records.screened) < len(before)


def test_what_is_digested_says_all_of_a_review_that_a_piece_can_hold(review: Review) -> None:
    """Two protocols with one text would share pieces; no two can, as each is read back from its text."""
    held = review.records
    for record in (review.protocol, held.instruments, *held.tools.values()):
        assert record is not None
        again = type(record).model_validate(json.loads(json_text(plain(record)), parse_int=str, parse_float=str))
        assert again == record
        assert repr(again) == repr(record), "also the digits of its numbers"


def test_a_record_is_told_by_the_bytes_of_its_file(tmp_path: Path) -> None:
    root = Path(shutil.copytree(MADE_UP, tmp_path / "review"))
    before, study = checking.check(root).digests, root / "studies/included/steeply-2024.yml"
    study.write_bytes(study.read_bytes() + b"# made-up remark\n")
    after = checking.check(root).digests
    assert {path for path in after if after[path] != before[path]} == {"studies/included/steeply-2024.yml"}
    assert set(after) == set(before)


def test_one_record_cannot_ask_about_another(review: Review) -> None:
    first, *_ = review.records.included
    alone = pieces.alone(review, pieces.STUDIES, first)
    assert list(alone.records.included) == [first]
    others = ("trials", "excluded", "candidates", "screened", "searches", "summaries", "source_texts")
    assert not any(getattr(alone.records, part) for part in others)
    for key in review.records.included[first].quotes:
        assert alone.verdict(STUDY, first, key) is review.verdict(STUDY, first, key)
    for kind, identifier in ((STUDY, "made-up-other"), (TRIAL, first)):
        with pytest.raises(LookupError, match="one record"):
            alone.verdict(kind, identifier, "q1")


Edit = Callable[[Review, int], Review]


def with_records(review: Review, **changes: Any) -> Review:  # noqa: ANN401 - parts of Records
    return Review(replace(review.records, **changes), review.protocol, review.today)


def chosen(by_id: dict[str, Any], number: int) -> str:
    return sorted(by_id)[number % len(by_id)]


def edit_study(review: Review, number: int) -> Review:
    """Change a title, a number, a list that may be empty, and words that a quote must say."""
    included = review.records.included
    key = chosen(included, number)
    study = included[key]
    results = tuple(one.model_copy(update={"note": f"made-up note {number}"}) for one in study.results)
    quotes = {name: quote.model_copy(update={"text": f"made-up {number}"}) for name, quote in study.quotes.items()}
    changes: list[dict[str, object]] = [
        {"title": f"{HOSTILE} {number}"},
        {"results": results[number % 3 :]},
        {"interventions": (), "arms": ()},
        {"quotes": quotes},
        {"discrepancies": study.discrepancies * 2},
        {"risk_of_bias": ()},
    ]
    changed = study.model_copy(update=changes[number % len(changes)])
    return with_records(review, included=included | {key: changed})


def add_study(review: Review, number: int) -> Review:
    included = review.records.included
    return with_records(review, included=included | {f"added-{2000 + number}": included[chosen(included, number)]})


def remove_study(review: Review, number: int) -> Review:
    gone = chosen(review.records.included, number)
    return with_records(review, included={key: one for key, one in review.records.included.items() if key != gone})


def relate_studies(review: Review, number: int) -> Review:
    """Change what one study says of another: it stands on the page of the other too, whose file stays as it is."""
    included = review.records.included
    key, other = chosen(included, number), chosen(included, number + 1)
    related = (Related(study=other, shares=(Overlap.PRODUCT,), note=f"made-up {number}"),) if key != other else ()
    return with_records(review, included=included | {key: included[key].model_copy(update={"related": related})})


def edit_protocol(review: Review, number: int) -> Review:
    changes: list[dict[str, object]] = [
        {"repository": f"https://example.org/made-up-{number}"},
        {"time_windows": review.protocol.time_windows[: number % 3]},
        {"facets": {}},
        {"intervention_fields": review.protocol.intervention_fields[: number % 4]},
        {"exclusion_reasons": review.protocol.exclusion_reasons[:1]},
        {"outcomes": review.protocol.outcomes[: 1 + number % 2]},
    ]
    protocol = review.protocol.model_copy(update=changes[number % len(changes)])
    return Review(replace(review.records, protocol=protocol), protocol, review.today)


def edit_instrument(review: Review, number: int) -> Review:
    held = review.records.instruments
    assert held
    key = chosen(held.instruments, number)
    changed = held.instruments[key].model_copy(update={"short": f"made-up {number}"})
    return with_records(review, instruments=held.model_copy(update={"instruments": held.instruments | {key: changed}}))


def edit_trial(review: Review, number: int) -> Review:
    trials = review.records.trials
    key = chosen(trials, number)
    return with_records(review, trials=trials | {key: trials[key].model_copy(update={"title": f"made-up {number}"})})


def edit_summary(review: Review, number: int) -> Review:
    summaries = review.records.summaries
    key = chosen(summaries, number)
    changed: Summary = summaries[key].model_copy(update={"text": f"made-up sentence {number}"})
    return with_records(review, summaries=summaries | {key: changed})


def edit_ledger(review: Review, number: int) -> Review:
    screened = review.records.screened
    key = chosen(screened, number)
    ledger = screened[key]
    changed = ledger.model_copy(update={"records": ledger.records[number % 2 :]})
    return with_records(review, screened=screened | {key: changed})


def edit_source(review: Review, number: int) -> Review:
    """Change what quotes are compared with: the study's file stays, the verdicts on its quotes do not."""
    return with_records(review, source_texts=dict.fromkeys(review.records.source_texts, f"made-up {number}"))


def another_day(review: Review, number: int) -> Review:
    return Review(review.records, review.protocol, TODAY + dt.timedelta(days=number))


EDITS: tuple[Edit, ...] = (
    *(edit_study, add_study, remove_study, relate_studies, edit_protocol, edit_instrument),
    *(edit_trial, edit_summary, edit_ledger, edit_source, another_day),
)


@pytest.fixture(scope="module", params=["made-up tea", "made-up scale"])
def made_up(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Review:
    if request.param == "made-up tea":
        return read(MADE_UP)
    root = tmp_path_factory.mktemp("scale")
    made_up_records.write(root, 12)
    review = read(root)
    n_together = [len(block.rows) for block in studies.table(review).blocks]
    assert max(n_together) > 1 < len(n_together), "records of which some are kept together, and not all"
    return review


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_after_each_edit_kept_pieces_give_the_bytes_of_a_fresh_build(
    made_up: Review, edit: Edit, tmp_path: Path
) -> None:
    review, folder = made_up, tmp_path / "pieces"
    before = kept(review, folder)
    after = fresh(edit(review, 1))
    assert after != before, "an edit that changes nothing would prove nothing"
    assert kept(edit(review, 1), folder) == after


@settings(max_examples=5)
@given(st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 11)), min_size=1, max_size=3))
def test_after_any_edits_kept_pieces_give_the_bytes_of_a_fresh_build(edits: list[tuple[Edit, int]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, review = Path(name) / "pieces", read(MADE_UP)
        kept(review, folder)
        for edit, number in edits:
            if edit is remove_study and len(review.records.included) == 1:
                continue
            review = edit(review, number)
            assert differing(review, folder) == []
        kept(review, Path(name) / "anew")
        assert set(stamps(folder)) == set(stamps(Path(name) / "anew")), "pieces of older keys are dropped"


def harm(folder: Path, how: str) -> None:
    """Damage what is kept in the folder."""
    first, second, *_ = sorted(folder.iterdir())
    if how == "cut":
        first.write_bytes(first.read_bytes()[:-7])
    elif how == "a changed number":
        first.write_bytes(first.read_bytes().replace(b"1", b"2"))
    elif how == "of another record":
        shutil.copy(first, second)
    elif how == "empty":
        first.write_bytes(b"")
    elif how == "not text":
        first.write_bytes(b"\xff\xfe\n\xff")
    else:
        shutil.rmtree(folder)


@pytest.mark.parametrize("how", ["cut", "a changed number", "of another record", "empty", "not text", "gone"])
def test_damaged_pieces_are_ignored_and_mended(tmp_path: Path, how: str) -> None:
    review, folder = read(MADE_UP), tmp_path / "pieces"
    kept(review, folder)
    whole = {file.name: file.read_bytes() for file in folder.iterdir()}
    harm(folder, how)
    assert differing(review, folder) == []
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == whole


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    review, folder = read(MADE_UP), tmp_path / "pieces"
    folder.mkdir()
    (folder / "notes.txt").write_text("made-up notes", encoding="utf-8")
    (folder / ("0" * 64)).write_text("of an older key", encoding="utf-8")
    kept(review, folder)
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "made-up notes"
    assert not (folder / ("0" * 64)).exists()


def test_pieces_of_another_program_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    review, folder = read(MADE_UP), tmp_path / "pieces"
    kept(review, folder)
    before = set(stamps(folder))
    monkeypatch.setattr(kept_texts, "_AT_START", {"made-up.py": (1, 2)})
    assert differing(review, folder) == []
    assert stamps(folder) == {}, "the files of the program are not those that run, so nothing may be kept"
    monkeypatch.undo()
    kept(review, folder)
    assert set(stamps(folder)) == before


def test_a_build_keeps_beside_its_output_and_no_other_does(tmp_path: Path) -> None:
    root = Path(shutil.copytree(MADE_UP, tmp_path / "review"))
    folder = root / website.PIECES
    building.build(root, TODAY, as_of=True, output=Path("build/past"))
    building.build(root, TODAY, output=Path("elsewhere"))
    assert not folder.exists()
    building.build(root, TODAY)
    before = stamps(folder)
    building.build(root, TODAY - dt.timedelta(days=400), as_of=True, output=Path("build/past"))
    building.build(root, TODAY + dt.timedelta(days=1), output=Path("elsewhere"))
    assert stamps(folder) == before
    study = root / "studies" / "included" / "steeply-2024.yml"
    study.write_text(study.read_text(encoding="utf-8").replace("Made-up", "Made-up and edited", 1), encoding="utf-8")
    built = building.build(root, TODAY)
    assert built.written is not None
    assert "studies/steeply-2024.md" in built.written.changed
    assert "studies/dunkwell-2022.md" not in built.written.changed
    for old, new in (("Made-up and edited", "Made-up, edited"), ("quotes:", "quotes: # a made-up remark")):
        study.write_text(study.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        assert building.build(root, TODAY).written is not None
        shutil.rmtree(folder)
        again = building.build(root, TODAY).written
        assert again is not None
        assert again.changed == (), "removing what is kept changes nothing"
