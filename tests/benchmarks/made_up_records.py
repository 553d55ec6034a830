"""Write a made-up review of any size, for measuring. Every title says that it is made up."""

import shutil
from pathlib import Path

TEMPLATE = Path(__file__).parent.parent / "reviews" / "made-up-tea" / "studies"
QUOTE = "The made-up leaves were steeped for three minutes and drunk from a made-up cup by made-up people."


def took_part(n: int) -> str:
    """Return the made-up sentence that says how many took part."""
    return f"In all, {n} made-up people took part and drank their made-up tea."


def changed(value: str, deviation: str) -> str:
    """Return the made-up sentence that says by how much a made-up score changed."""
    return f"The made-up score fell by {value} points (made-up standard deviation {deviation})."


def study(number: int) -> str:
    """Return the text of one made-up study of about the size of a real record (60 lines, 4 kB)."""
    n, value, deviation = 20 + number % 80, f"{number % 17}.5", f"2.{number % 10}"
    said = {1: took_part(n), 3: changed(value, deviation)}
    facets = f"leaf: [{('green', 'black', 'herb')[number % 3]}], cup: [{('mug', 'glass')[number % 2]}]"
    results = "\n".join(
        f"  - {{instrument: {instrument}, arm: tea, time: {time}, contrast: within-arm, statistic: mean-change, "
        f"value: -{value}, unit: points, n: {n}, dispersion: {{kind: sd, value: {deviation}}}, "
        f'p: "<0.05", direction: improved, source: q3}}'
        for instrument in ("hiccups-per-hour", "calm-scale")
        for time in ("1 h", "1 d", "3 mo")
    )
    quotes = "\n".join(
        f'  q{key}: {{report: made-up-source, at: "Made-up place, p. {key}", text: "{said.get(key, QUOTE)}"}}'
        for key in range(10)
    )
    return f"""# yaml-language-server: $schema=../schema/study.schema.json
title: Made-up study number {number} of made-up tea for made-up hiccups
design: before-after
facets: {{{facets}}}
sources: {{title: q0, design: q1, facets: q1}}
reports:
  - kind: journal-article
    primary: true
    citation: "Made-up AB, Made-up CD. Made-up Journal of Tea. {1990 + number % 35};{number % 50}:1-9"
    year: {1990 + number % 35}
    doi: 10.5555/measured.{number}
    doi_status: unverified
    access: restricted
    integrity: {{status: not-checked}}
    source: q0
setting: {{centres: single, countries: [Made-up Land], open_label: true, prospective: true, source: q1}}
participants:
  n_enrolled: {n}
  n_analysed: {n}
  age: made-up mean {30 + number % 40} years
  included: made-up people with made-up hiccups
  excluded: made-up people without a cup
  source: [q1, q2]
arms:
  - {{id: tea, label: Made-up tea, role: experimental, n: {n}, intervention: tea, sessions: 1, source: q1}}
interventions:
  - {{id: tea, label: Made-up tea, details: {{leaf-name: leaf, grams: "{number % 9}", steeping: NR}}, source: q2}}
follow_up: {{times: [1 h, 1 d, 3 mo], source: q4}}
outcomes_measured:
  - {{instrument: hiccups-per-hour, source: q4}}
  - {{instrument: calm-scale, source: q4}}
results:
{results}
harms: {{ascertainment: NR, over: 3 mo, none_reported: any, source: q5}}
limitations:
  - {{by: made-up reviewers, text: "made-up, no control group", source: q6}}
authors_conclusion: {{text: made-up tea calms made-up hiccups, by: made-up authors, source: q7}}
discrepancies:
  - {{what: made-up leaves are called herbs in one place, severity: minor, status: open, source: [q8, q9]}}
extraction: {{basis: secondary, agreement: single}}
history:
  - {{on: {2020 + number % 5}-0{1 + number % 9}-11, kind: included, note: made-up study included}}
quotes:
{quotes}
"""


def ledger(year: int, n_records: int) -> str:
    """Return a made-up ledger of records excluded on title and abstract."""
    lines = [
        f'  - {{title: "Made-up record {number}", year: {year}, doi: 10.5555/screened.{year}.{number}, '
        f"reason: no-tea, by: [pat], on: {year}-06-01, source: tea-index}}\n"
        for number in range(n_records)
    ]
    return "records:\n" + "".join(lines)


def write(root: Path, n_studies: int) -> None:
    """Write a made-up review of `n_studies` studies and five times as many screened records below `root`."""
    studies = root / "studies"
    shutil.copytree(TEMPLATE, studies)
    sentences = [QUOTE, *(took_part(n) for n in range(20, 100))]
    sentences += [changed(f"{points}.5", f"2.{tenth}") for points in range(17) for tenth in range(10)]
    source = ("Made-up words. " * 800) + " ".join(sentences)
    (studies / "sources" / "made-up-source.txt").write_text(source, encoding="utf-8")
    protocol = studies / "protocol.yml"
    text = protocol.read_text(encoding="utf-8")
    document = (
        "documents:\n  made-up-source: {kind: other, citation: Made-up source, label: Made-up source, "
        "published: 2020, access: open}\n"
    )
    protocol.write_text(text.replace("documents:\n", document, 1), encoding="utf-8")
    for number in range(n_studies):
        (studies / "included" / f"made-up-{number}.yml").write_text(study(number), encoding="utf-8")
    for year in range(2019, 2024):
        (studies / "screened" / f"{year}.yml").write_text(ledger(year, n_studies), encoding="utf-8")
