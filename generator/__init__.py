"""A living systematic review kept as plain files: the map of the house.

    studies/*.yml -> store -> model -> rules -> review -> tables, figures, pages, exports -> site -> mkdocs-material

Validate, then derive, then render: three steps that never reach back. Everything between reading and writing is a pure
function of (records, today): the same files and day give the same bytes.

What the words mean
    model           the records and their parts; model.records says which file lies where
    identifiers     DOI, PubMed, trial registrations ...: recognise, bring to one spelling, link
    problems        a finding about a record, and its renderings
Reading and checking
    yamlfile        text -> data, strictly; yamlfaults: why a text cannot be read; form: data -> model, in plain words
    store           studies/ -> (records, problems)
    quotes          which quotes a fact names, and whether they stand in their source word for word
    rules/          checks across fields and files, found by themselves; checking runs them all and locates each problem
    schema          the model as JSON Schema for editors and as the list of fields for contributors
Deriving
    synthesis/      direction of effect, whether pooling is allowed, exact bounds
    review/         every count, category, status and date; nothing else computes one
Rendering
    words           vocabulary in words; markdown: escaping, links, tables as HTML; templates: the one Jinja environment
    table, page     what a table and a page are; places: where on the site something is shown
    tables/         one module per table: shown, downloaded and described from one definition
    figures/        one per picture, accessible inline SVG
    pages/          one module and one template per page
    exports/        one per download format (csvtext, jsontext, table_values, provenance serve them)
Finding (never imports the rendering rooms, nor they it)
    formats/        export files of databases -> records, recognised by content; a lost record stops the import
    dedupe/         records -> groups of one document; known: what the review already has, as records to compare with
    candidates      a group -> a candidate's fields and id; intake: an export -> candidates and their search run
Writing and running
    site            gathers everything, then writes what changed
    changeset       several files that change together or not at all; the only writer
    build           check, derive, render, write in one call
    mkdocs_hook     the one adapter to MkDocs; other engines read the written folder
    cli             verbs; alone prints, exits and reads the clock

A new rule, table, page, figure or format is one new file in its folder. `tests/test_architecture.py` keeps this true.
"""
