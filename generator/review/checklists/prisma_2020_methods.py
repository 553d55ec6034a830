"""PRISMA 2020, items 5 to 15: the methods. Those of the synthesis, items 12 to 15, have a module of their own."""

from generator.review import Review
from generator.review.checklist import Answer, Requirement, Section, listed, weigh
from generator.review.checklists import sources_held
from generator.review.checklists.prisma_2020_synthesis import SYNTHESIS_METHODS
from generator.review.checklists.whereabouts import (
    AUTOMATION,
    BY_SEARCHING,
    FIELDS,
    GROUPS,
    IN_PROTOCOL,
    IN_SOURCES,
    INCLUDED_WHEN,
    INTERVENTION_FIELDS,
    METHODS,
    NOTHINGS,
    OUTCOMES,
    SEARCH_LOG,
    SOURCES,
    TIME_WINDOWS,
    TOOLS,
)
from generator.review.checklists.words_held import written
from generator.review.risk_of_bias import without_tool
from generator.review.study_facts import label_of


def eligibility(review: Review) -> Answer:
    """The criteria, and what studies are grouped by for the syntheses."""
    protocol = review.protocol
    return weigh(
        (protocol.include, "the criteria to include a study"),
        (protocol.facets, "how studies are grouped for the syntheses"),
        who=IN_PROTOCOL,
        at=(INCLUDED_WHEN, GROUPS),
    )


def information_sources(review: Review) -> Answer:
    """Every source by name, each with the day of its last full search."""
    never = sources_held.never_searched(review)
    return weigh(
        (review.protocol.sources, "the sources"),
        (not never, f"the day of the last search of {sources_held.names(never)}"),
        who=BY_SEARCHING,
        at=(SOURCES, SEARCH_LOG),
    )


def search_strategy(review: Review) -> Answer:
    """The strategy of every database and register, and its limits."""
    no_strategy, no_limits = sources_held.without_strategy(review), sources_held.without_limits(review)
    return weigh(
        (sources_held.registered(review), "a database or register"),
        (not no_strategy, f"the strategy for {sources_held.names(no_strategy)}"),
        (not no_limits, f"the limits, or that there were none, for {sources_held.names(no_limits)}"),
        who=IN_SOURCES,
        at=(SOURCES,),
    )


def selection_process(review: Review) -> Answer:
    """Who selects, how many, independently or not, and what programs do."""
    methods = review.protocol.methods
    return weigh(
        (written(methods.selection), "how many people select, and whether independently"),
        (methods.automation, "which automation tools are used"),
        who=IN_PROTOCOL,
        at=(METHODS, AUTOMATION),
    )


def data_collection(review: Review) -> Answer:
    """Who takes data from reports, how many, independently or not, and what programs do."""
    methods = review.protocol.methods
    return weigh(
        (written(methods.extraction), "how many people take data from reports, and whether independently"),
        (methods.automation, "which automation tools are used"),
        who=IN_PROTOCOL,
        at=(METHODS, AUTOMATION),
    )


def outcomes_sought(review: Review) -> Answer:
    """The outcomes with their instruments in order of preference, and the times."""
    protocol = review.protocol
    return weigh(
        (protocol.outcomes, "the outcomes"),
        (protocol.time_windows, "the times of follow-up that results are taken from"),
        who=IN_PROTOCOL,
        at=(OUTCOMES, TIME_WINDOWS),
    )


def other_variables(review: Review) -> Answer:
    """What else is taken from reports; what an absent fact means stands in the data dictionary."""
    return weigh(
        (review.protocol.intervention_fields, "what is asked of each intervention"),
        who=IN_PROTOCOL,
        at=(INTERVENTION_FIELDS, FIELDS, NOTHINGS),
    )


def risk_of_bias_methods(review: Review) -> Answer:
    """The methods, and a tool for the design of every included study."""
    bare = [label_of(key) for key in without_tool(review.studies, review.protocol)]
    methods = review.protocol.methods
    return weigh(
        (written(methods.risk_of_bias), "how risk of bias is assessed, and by how many people"),
        (methods.tools, "a tool for each design"),
        (not bare, f"a tool for the design of {listed(bare)}"),
        who=IN_PROTOCOL,
        at=(METHODS, TOOLS),
    )


METHODS_SECTION = Section(
    "Methods",
    (
        Requirement(
            "5", "Eligibility criteria", "What makes a study eligible, and the groups for the syntheses.", eligibility
        ),
        Requirement("6", "Information sources", "Every source, and the day it was last searched.", information_sources),
        Requirement("7", "Search strategy", "Every strategy in full, with its limits and filters.", search_strategy),
        Requirement(
            "8",
            "Selection process",
            "How many people decide on records and reports, whether apart from each other, and which programs help.",
            selection_process,
        ),
        Requirement(
            "9",
            "Data collection process",
            "How many people take data from reports, whether apart from each other, and which programs help.",
            data_collection,
        ),
        Requirement(
            "10a",
            "Data items: outcomes",
            "The outcomes, measures and times that results are sought for.",
            outcomes_sought,
        ),
        Requirement(
            "10b",
            "Data items: other variables",
            "What else is taken from reports, and what is assumed where something is missing.",
            other_variables,
        ),
        Requirement(
            "11", "Risk of bias in studies", "The tools, and how many people apply them.", risk_of_bias_methods
        ),
        *SYNTHESIS_METHODS,
    ),
)
