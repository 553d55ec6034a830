"""PRISMA 2020: what a report of a systematic review says. Methods and results have modules of their own."""

from generator.model.values import Missing
from generator.review import Review
from generator.review.checklist import (
    Answer,
    Checklist,
    Requirement,
    Section,
    listed,
    missing,
    not_applicable,
    reported,
    weigh,
)
from generator.review.checklists.prisma_2020_methods import METHODS_SECTION
from generator.review.checklists.prisma_2020_results import RESULTS_SECTION
from generator.review.checklists.whereabouts import (
    AMENDMENTS,
    DOWNLOADS,
    FIELDS,
    HOME,
    IN_PROTOCOL,
    IN_SUMMARIES,
    OBJECTIVES,
    PEOPLE,
    PLAIN_LANGUAGE,
    PROTOCOL,
    QUESTION,
    REGISTRATION,
    SUPPORT,
)
from generator.review.checklists.words_held import has_section, says, written


def title(review: Review) -> Answer:
    """The title names the kind of report."""
    return weigh(
        (says(review.protocol.title, "systematic review"), "the words systematic review in the title"),
        who=IN_PROTOCOL,
        at=(HOME,),
    )


def abstract(review: Review) -> Answer:
    """A summary that is headed as an abstract."""
    return weigh(
        (has_section(review, "abstract"), "an abstract: no summary, and no section of one, is headed so"),
        who=IN_SUMMARIES,
        at=(PLAIN_LANGUAGE,),
    )


def rationale(review: Review) -> Answer:
    """Why the question matters."""
    return weigh(
        (written(review.protocol.question.rationale), "why the question matters"), who=IN_PROTOCOL, at=(QUESTION,)
    )


def objectives(review: Review) -> Answer:
    """What the review wants to find out."""
    return weigh((review.protocol.objectives, "the objectives"), who=IN_PROTOCOL, at=(OBJECTIVES, QUESTION))


def interpretation(review: Review) -> Answer:
    """A section on other evidence."""
    return weigh(
        (has_section(review, "other evidence"), "a section of our own sentences headed with other evidence"),
        who=IN_SUMMARIES,
        at=(PLAIN_LANGUAGE,),
    )


def limits_of_evidence(review: Review) -> Answer:
    """A section on the limitations of the evidence."""
    return weigh(
        (has_section(review, "limitation", "evidence"), "a section headed with limitations of the evidence"),
        who=IN_SUMMARIES,
        at=(PLAIN_LANGUAGE,),
    )


def limits_of_review(review: Review) -> Answer:
    """A section on the limitations of the review itself."""
    return weigh(
        (has_section(review, "limitation", "review"), "a section headed with limitations of the review"),
        who=IN_SUMMARIES,
        at=(PLAIN_LANGUAGE,),
    )


def implications(review: Review) -> Answer:
    """A section on implications."""
    return weigh(
        (has_section(review, "implication"), "a section headed with implications for practice and research"),
        who=IN_SUMMARIES,
        at=(PLAIN_LANGUAGE,),
    )


def registration(review: Review) -> Answer:
    """Where the protocol is registered."""
    return weigh(
        (
            not isinstance(review.protocol.registration.where, Missing),
            "the registry and number, or that the review is not registered",
        ),
        who=IN_PROTOCOL,
        at=(REGISTRATION,),
    )


def protocol_access(review: Review) -> Answer:  # noqa: ARG001 - every review has its protocol on the site
    """The protocol itself is a page of the site."""
    return reported(PROTOCOL)


def amendments(review: Review) -> Answer:
    """The dated changes of the protocol."""
    if not review.protocol.amendments:
        return not_applicable("no change of the protocol is recorded", AMENDMENTS)
    return reported(AMENDMENTS)


def support(review: Review) -> Answer:
    """Who supports the review."""
    return weigh(
        (not isinstance(review.protocol.support, Missing), "who pays for the review, or that nobody does"),
        who=IN_PROTOCOL,
        at=(SUPPORT,),
    )


def interests(review: Review) -> Answer:
    """The declared interests of everybody who works on the review."""
    people = review.protocol.people
    if not people:
        return missing("the people of the review, and their interests", IN_PROTOCOL)
    silent = [one.name for one in people if isinstance(one.interests, Missing)]
    return weigh((not silent, f"the interests of {listed(silent)}"), who=IN_PROTOCOL, at=(PEOPLE,))


def availability(review: Review) -> Answer:
    """The data, and the repository that holds forms and code."""
    return weigh(
        (review.protocol.repository, "the address of the repository with the forms and the code"),
        who=IN_PROTOCOL,
        at=(DOWNLOADS, FIELDS),
    )


CHECKLIST = Checklist(
    id="prisma-2020",
    name="PRISMA 2020",
    about="What a report of a systematic review should say.",
    citation=(
        "Page MJ, McKenzie JE, Bossuyt PM, et al. The PRISMA 2020 statement: an updated guideline for reporting"
        " systematic reviews. BMJ 2021;372:n71"
    ),
    doi="10.1136/bmj.n71",
    numbering=(
        "27 items with their sub-items. The numbers of items 11 to 13b and 20c to 27 could not be checked in the"
        " statement itself."
    ),
    sections=(
        Section(
            "Title, abstract and introduction",
            (
                Requirement("1", "Title", "Says that this is a systematic review.", title),
                Requirement("2", "Abstract", "A structured abstract.", abstract),
                Requirement("3", "Rationale", "Why the review is made, in view of what is known.", rationale),
                Requirement("4", "Objectives", "The objectives or questions.", objectives),
            ),
        ),
        METHODS_SECTION,
        RESULTS_SECTION,
        Section(
            "Discussion",
            (
                Requirement("23a", "Interpretation", "What the results mean beside other evidence.", interpretation),
                Requirement("23b", "Limitations of the evidence", "What the evidence cannot show.", limits_of_evidence),
                Requirement("23c", "Limitations of the review", "What the way of working missed.", limits_of_review),
                Requirement("23d", "Implications", "What follows for practice, policy and research.", implications),
            ),
        ),
        Section(
            "Other information",
            (
                Requirement("24a", "Registration", "Register and number, or that there is none.", registration),
                Requirement("24b", "Protocol", "Where the protocol can be read.", protocol_access),
                Requirement("24c", "Amendments", "What was changed in the protocol, and why.", amendments),
                Requirement("25", "Support", "Who supports the review, and what part they have in it.", support),
                Requirement("26", "Competing interests", "The interests of the people who make it.", interests),
                Requirement("27", "Availability", "Where data, forms and code can be had.", availability),
            ),
        ),
    ),
)
