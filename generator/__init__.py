"""A living systematic review kept as plain files: the map of the house.

    studies/*.yml -> store -> model -> rules -> review -> tables, figures, pages, feeds, exports -> site -> MkDocs
    sources, exports of databases -> records -> known already? -> candidates and their search run -> studies/

Validate, then derive, then render: three steps that never reach back. Everything between reading and writing is a pure
function of (records, today): the same files and day give the same bytes.

What the words mean
    model           the records and their parts; model.records says which file lies where
    identifiers     DOI, PubMed, trial registrations ...: recognise, bring to one spelling, link
    problems        a finding about a record, and its renderings
Reading and checking
    yamlfile        text -> data, strictly (yamlopen, yamlfaults serve it); form: data -> model, in plain words
    yamledit        a field changed or a line added, comments and layout kept; yamlspelling: how values are written
    store           studies/ -> (records, problems)
    quotes          which quotes a fact names, and whether they stand in their source word for word
    rules/          checks across fields and files, found by themselves; checking runs them all and locates each problem
    schema          the model as JSON Schema for editors and as the list of fields for contributors
Deriving
    synthesis/      direction of effect, whether pooling is allowed, exact bounds
    review/         every count, category, status, date, change and checklist; nothing else computes one
    as_of           the records as they were known on a day; undoing: a corrected fact as it was before
    comparing/      what merging one state of the records into another would change
Rendering
    words           vocabulary in words; markdown, github_text: escaping, links, tables; templates: Jinja
    table, page     what a table and a page are; places: where on the site something is shown
    tables/         one module per table: shown, downloaded and described from one definition
    figures/        one per picture, accessible inline SVG
    pages/          one module and one template per page
    feeds/          one per format; feed: changes -> messages; subscriptions: which feeds a review offers
    exports/        one per download format (csvtext, jsontext, table_values, provenance serve them)
    metadata/       what pages and the repository tell machines: linked data, tags, the card, how to cite
Finding (never imports the rendering rooms, nor they it)
    web             the one HTTP client; asking: an answer of a source is whole or in error; crossref: look-ups
    sources/        one module per source: a strategy and a window -> pages of records
    formats/        export files of databases -> records, recognised by content; a lost record stops the import
    dedupe/         records -> groups of one document; known: what the review already has, as records to compare with
    priority/       which record to read first, and which words say so; strategy_terms: why it matched
    arrivals        records that came in -> new candidates (candidates: their fields; fitting: as files can hold them)
    known_files     what a search says of known records: found_again, trial_updates (trial_file, registry_facts)
    nightly/        a night: plan, ask, gate, count, tell; intake: an export -> candidates; search_log: their run
    suggesting/     what somebody suggests in a form -> what is known of it, or a candidate
Writing and running
    settling/       decided candidates -> studies, exclusions, trials, screened lines; starting/: an empty review
    releasing       a published version; bundle: it and its downloads in one file
    site            gathers everything, then writes what changed
    changeset       several files that change together or not at all; recording: the same for studies/
    build           check, derive, render, write in one call
    github/         a night, a suggestion, a comment on their way to GitHub: branches, pull requests, issues
    mkdocs_hook     the one adapter to MkDocs; other engines read the written folder
    cli/            one module a verb; alone prints, exits and reads the clock

A new rule, table, page, figure, feed, download, format, source or verb is one new file in its folder.
`tests/test_architecture.py` keeps this true.
"""
