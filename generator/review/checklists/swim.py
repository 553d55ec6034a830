"""SWiM: what a report says about a synthesis without meta-analysis (nine items)."""

from generator.review import Review
from generator.review.checklist import Answer, Checklist, Requirement, Section, listed, not_applicable, reported, weigh
from generator.review.checklists import evidence_held, words_held
from generator.review.checklists.evidence_held import NOTHING_INCLUDED
from generator.review.checklists.prisma_2020_synthesis import (
    certainty_methods,
    display,
    effect_measures,
    synthesis_methods,
)
from generator.review.checklists.whereabouts import (
    AMENDMENTS,
    DIRECTIONS,
    FINDINGS,
    GROUPS,
    IN_PROTOCOL,
    IN_SUMMARIES,
    METHODS,
    OUTCOMES,
    PLAIN_LANGUAGE,
    TIME_WINDOWS,
)
from generator.review.checklists.words_held import HETEROGENEITY, REASONS, has_section, says


def grouping(review: Review) -> Answer:
    """What results are grouped by, and why."""
    protocol = review.protocol
    return weigh(
        (protocol.facets, "what studies are grouped by"),
        (protocol.time_windows, "the time windows that results are grouped by"),
        (
            says(protocol.methods.synthesis, *REASONS),
            "why results are grouped so; the methods of synthesis give no reason",
        ),
        who=IN_PROTOCOL,
        at=(GROUPS, TIME_WINDOWS, METHODS),
    )


def changed_groups(review: Review) -> Answer:
    """The dated changes of the protocol, those of the groups among them."""
    if not review.protocol.amendments:
        return not_applicable("no change of the protocol is recorded", AMENDMENTS)
    return reported(AMENDMENTS)


def priorities(review: Review) -> Answer:
    """How results are chosen where a study may report several for one outcome."""
    bare = [one.label for one in review.protocol.outcomes if len(one.instruments) > 1 and not one.note]
    return weigh(
        (review.protocol.outcomes, "the outcomes"),
        (not bare, f"how results are chosen when a study reports several, for {listed(bare)}"),
        who=IN_PROTOCOL,
        at=(OUTCOMES,),
    )


def heterogeneity(review: Review) -> Answer:
    """How differences between results are looked into without a meta-analysis."""
    told = says(words_held.methods_of_synthesis(review.protocol), *HETEROGENEITY)
    return weigh(
        (told, "how heterogeneity is looked into; the methods of synthesis do not mention it"),
        who=IN_PROTOCOL,
        at=(METHODS,),
    )


def presentation(review: Review) -> Answer:
    """Tables and the effect direction plot; what orders their rows is said beside the plot."""
    return display(review) if review.studies else not_applicable(NOTHING_INCLUDED, DIRECTIONS)


def results(review: Review) -> Answer:
    """A bottom line for each outcome with evidence, with the studies behind it."""
    found = evidence_held.with_evidence(review)
    if not found:
        return not_applicable("no included study reports an outcome of the protocol", FINDINGS)
    silent = [one.domain.label for one in found if one.bottom_line is None]
    return weigh(
        (not silent, f"a sentence on what was found for {listed(silent)}"),
        who=IN_SUMMARIES,
        at=(FINDINGS, *(evidence_held.finding(one) for one in found)),
    )


def limitations(review: Review) -> Answer:
    """A section on the limitations of the synthesis."""
    return weigh(
        (has_section(review, "limitation", "synthesis"), "a section headed with limitations of the synthesis"),
        who=IN_SUMMARIES,
        at=(PLAIN_LANGUAGE,),
    )


CHECKLIST = Checklist(
    id="swim",
    name="SWiM",
    about="What a report should say about a synthesis without meta-analysis.",
    citation=(
        "Campbell M, McKenzie JE, Sowden A, et al. Synthesis without meta-analysis (SWiM) in systematic reviews:"
        " reporting guideline. BMJ 2020;368:l6890"
    ),
    doi="10.1136/bmj.l6890",
    numbering=(
        "Nine items, the first in two parts. The numbers of items 8 and 9 could not be checked in the statement itself."
    ),
    sections=(
        Section(
            "Methods",
            (
                Requirement("1a", "Grouping studies", "The groups of the synthesis, and why these.", grouping),
                Requirement("1b", "Grouping: changes", "Groups changed since the protocol, and why.", changed_groups),
                Requirement(
                    "2", "Standardised metric", "The metric of each outcome, and any conversion.", effect_measures
                ),
                Requirement(
                    "3",
                    "Synthesis methods",
                    "How results are brought together, and why no other way.",
                    synthesis_methods,
                ),
                Requirement("4", "Priority of results", "Which results come first when there are several.", priorities),
                Requirement("5", "Heterogeneity", "How reasons for different results are looked into.", heterogeneity),
                Requirement("6", "Certainty", "How the certainty of what was found is rated.", certainty_methods),
                Requirement("7", "Presentation", "The tables and pictures, and what orders their rows.", presentation),
            ),
        ),
        Section(
            "Results and discussion",
            (
                Requirement("8", "Results", "What was found, with the studies behind it.", results),
                Requirement("9", "Limitations of the synthesis", "What such a synthesis cannot show.", limitations),
            ),
        ),
    ),
)
