"""The places on the site that checklists lead to, and who could supply what is missing. Decides nothing.

A test compares every place with the generated pages.
"""

from generator.review.checklist import Location

HOME = Location("Home page", "index.md")
PLAIN_LANGUAGE = Location("Plain-language summary", "plain-language.md")
EVIDENCE = Location("Included studies", "evidence.md", "included-studies")
EXCLUDED = Location("Studies excluded at full text, by reason", "excluded.md", "at-full-text-by-reason")
FLOW = Location("Flow diagram", "flow.md", "flow-diagram")
FLOW_NUMBERS = Location("Numbers of the flow diagram", "flow.md", "the-numbers-as-a-table")

QUESTION = Location("Question", "protocol.md", "question")
OBJECTIVES = Location("Objectives", "protocol.md", "objectives")
INCLUDED_WHEN = Location("When a study is included", "protocol.md", "included-when")
GROUPS = Location("How studies are grouped", "protocol.md", "how-studies-are-grouped")
OUTCOMES = Location("Outcomes and times", "protocol.md", "outcomes-and-times")
TIME_WINDOWS = Location("Time windows", "protocol.md", "time-windows")
INTERVENTION_FIELDS = Location("What is asked of each intervention", "protocol.md", "intervention-fields")
METHODS = Location("Methods in the protocol", "protocol.md", "methods")
TOOLS = Location("Risk-of-bias tools", "protocol.md", "tools")
AUTOMATION = Location("What programs do", "protocol.md", "automation")
SCHEDULES = Location("How often each source is searched", "protocol.md", "schedules")
PEOPLE = Location("People and interests", "protocol.md", "people-and-interests")
SUPPORT = Location("Support", "protocol.md", "support")
REGISTRATION = Location("Registration", "protocol.md", "registration")
PROTOCOL = Location("Protocol", "protocol.md", "protocol")
AMENDMENTS = Location("Amendments", "protocol.md", "amendments")

SOURCES = Location("Sources and strategies", "searches.md", "sources-and-strategies")
PRIOR_WORK = Location("Prior work", "searches.md", "prior-work")
DUPLICATES = Location("Duplicates, and what programs do", "searches.md", "duplicates-and-what-programs-do")
SEARCH_LOG = Location("Search log", "searches.md", "search-log")

RESULTS = Location("Results by outcome", "results.md", "results-by-outcome")
DIRECTIONS = Location("Which way the results point", "results.md", "which-way-the-results-point")
NOT_POOLED = Location("Why nothing is pooled", "results.md", "why-nothing-is-pooled")
FINDINGS = Location("Summary of findings", "findings.md", "outcome-by-outcome")
RISK_OF_BIAS = Location("Risk of bias", "risk-of-bias.md", "risk-of-bias")
HARMS = Location("What the studies report about harms", "harms.md", "what-the-studies-report")
ZERO_EVENTS = Location("How none reported was handled", "harms.md", "how-none-reported-was-handled")

LIVING_STATUS = Location("Living status", "living.md", "living-status")
LIVING_SCHEDULE = Location("Schedule", "living.md", "schedule")
WHY_LIVING = Location("Why a living review", "living.md", "why-a-living-review")
RETIREMENT = Location("When the review ends", "living.md", "when-the-review-ends")
NEW_VERSIONS = Location("What makes a new version due", "living.md", "what-makes-a-new-version-due")
HOW_TO_CITE = Location("How to cite", "versions.md", "how-to-cite")
PUBLISHED_VERSIONS = Location("Published versions", "versions.md", "published-versions")

DOWNLOADS = Location("Downloads", "downloads.md", "downloads")
NOTHINGS = Location("Empty, NR and NA", "dictionary.md", "dictionary-nothing")
FIELDS = Location("Fields of a record", "fields.md", "fields-of-a-record")

IN_PROTOCOL = "the people of the review, in studies/protocol.yml"
IN_SOURCES = "whoever plans the searches, under sources in studies/protocol.yml"
IN_LOG = "whoever made the search, as `strategy` of its run in studies/searches/"
IN_SUMMARIES = "the people who write the summaries, in studies/summaries/"
IN_STUDIES = "the people who extract data, in studies/included/"
IN_VERSIONS = "the authors of a version, in studies/versions.yml"
BY_SEARCHING = "the nightly search, or somebody who imports an export"
BY_EARLIER_AUTHORS = "the authors of the earlier review, whose answer belongs in studies/searches/"
BY_RATING = "two people who rate the certainty, in studies/summaries/"
BY_ASSESSING = "two people who assess each study, in studies/included/"
BY_ANALYSIS = "the people of the review, with a meta-analysis"
