"""A living systematic review kept as plain files: the map of the house.

    studies/*.yml -> records -> review -> site -> MkDocs
    sources, exports of databases -> surveillance -> studies/*.yml

Validate, then derive, then render: three steps that never reach back. Everything between reading and writing is a pure
function of (records, today): the same files and day give the same bytes. A room imports only rooms further down here.

cli/            one module a verb; alone prints, exits and reads the clock
mkdocs_hook     the one adapter to MkDocs; other engines read the written folder
build           check, derive, render, write in one call
github/         a night, a suggestion, a comment on their way to GitHub; history: what git says of the past
site/           the website; knows nothing of surveillance
    tables/         one module a table: shown, downloaded and described from one definition
    figures/        one a picture, accessible inline SVG
    pages/          one module and one template a page
    messages        changes -> what subscribers are told; subscriptions: which feeds; feeds/: one module a format
    exports/        one a download format (csvtext, jsontext, table_values, provenance serve them); bundle: one ZIP
    metadata/       what pages and the repository tell machines: linked data, tags, the card, how to cite
    comparing/      what merging one state of the records into another would change
    pieces          what one record gives to the site, kept from one build to the next (kept_texts: how)
    website         gathers everything, then writes what changed
surveillance/   the search; knows nothing of the site
    asking/         web: the one HTTP client; answers: whole or in error; crossref: look-ups
    sources/        one module a source: a strategy and a window -> pages of records
    formats/        export files of databases -> records, recognised by content; a lost record stops the import
    dedupe/         records -> groups of one document
    priority/       which record to read first, and which words say so; strategy_terms: why it matched
    arriving/       records that came in -> new candidates and their search run; known: what the review has
    updating/       what a search says of known records: found again, newer facts of a registered trial
    nightly/        a night: plan, ask, gate, count, tell
    suggesting/     what somebody suggests in a form -> what is known of it, or a candidate
keeping/        recording, settling (decided candidates -> studies, exclusions, trials), releasing, starting a review
review/         every count, category, status, date, change and checklist; nothing else computes one
    synthesis/      direction of effect, whether pooling is allowed, exact bounds
    changes/        what changed and when; checklists/: PRISMA and others, item by item
    as_of           the records as they were known on a day; standing_as_of: where those stood that have moved since;
                    undoing: a corrected fact as it was before; study_before: a study without data added since
    places          where on the site something is shown
wording/        words: vocabulary; markdown, github_text: escaping, links; table: what a table is; unbroken: days on one
                line; templates: Jinja
records/        the files of studies/
    yamlfile        text -> data, strictly: yamlplain quickly, else yamlclosely (yamlopen, -faults, -slips serve it)
    form            data -> model; slips: what was probably meant; curly: quotation marks that do not count
    yamledit        a field changed or a line added, comments and layout kept; yamlspelling: how values are written
    store           studies/ -> (records, problems); folders: where a stray file should lie
    quotes          whether they stand in their source word for word; differences: where one begins to differ
    rules/          checks across fields and files, found by themselves; checking runs all and locates each problem
    days_to_come    what is dated later than today; the one check that knows the day
    past            the dated facts against the commits that brought them (dated: which facts those are; vanished: which
                    candidates are nowhere any more)
    schema          the model as JSON Schema for editors and as the list of fields for contributors
model/          the records and their parts; model.records says which file lies where
identifiers     DOI, PubMed, trial registrations ...: recognise, bring to one spelling, link
problems        a finding about a record, and its renderings
changeset       several files that change together or not at all; alone writes

A new rule, table, page, figure, feed, download, format, source or verb is one new file in its folder.
`tests/test_architecture.py` keeps this true.
"""
