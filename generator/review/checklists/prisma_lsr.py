"""PRISMA-LSR: what a report of a living systematic review says besides (four new items, and additions to others)."""

from collections.abc import Callable

from generator.model.protocol import LivingMode
from generator.model.version import Version
from generator.review import Review
from generator.review.checklist import (
    Answer,
    Checklist,
    Location,
    Requirement,
    Section,
    missing,
    not_applicable,
    reported,
    weigh,
)
from generator.review.checklists import evidence_held, sources_held, words_held
from generator.review.checklists.whereabouts import (
    AMENDMENTS,
    BY_SEARCHING,
    FLOW,
    HOME,
    HOW_TO_CITE,
    IN_PROTOCOL,
    IN_SOURCES,
    IN_SUMMARIES,
    IN_VERSIONS,
    LIVING_SCHEDULE,
    LIVING_STATUS,
    METHODS,
    NEW_VERSIONS,
    NOT_POOLED,
    PLAIN_LANGUAGE,
    PRIOR_WORK,
    PUBLISHED_VERSIONS,
    RETIREMENT,
    SCHEDULES,
    WHY_LIVING,
)
from generator.review.checklists.words_held import has_section, says, written

NO_VERSION = "a published version; there is none"


def living_title(review: Review) -> Answer:
    """The title says that the review is living."""
    return weigh((says(review.protocol.title, "living"), "the word living in the title"), who=IN_PROTOCOL, at=(HOME,))


def version_number(review: Review) -> Answer:
    """A published version has a number."""
    return weigh((review.versions, NO_VERSION), who=IN_VERSIONS, at=(HOW_TO_CITE,))


def retiring(review: Review) -> Answer:
    """Whether the newest version is the last one."""
    if review.protocol.living.mode is LivingMode.RETIRED:
        return reported(LIVING_STATUS)
    if review.versions and review.versions[-1].retires:
        return reported(_place(review.versions[-1]))
    return not_applicable("the review is not being retired", LIVING_STATUS)


def justification(review: Review) -> Answer:
    """Why a living mode."""
    return weigh(
        (written(review.protocol.living.justification), "why the review is living"), who=IN_PROTOCOL, at=(WHY_LIVING,)
    )


def preceding_version(review: Review) -> Answer:
    """The version before the newest one, or the review that this one starts from."""
    if len(review.versions) > 1:
        return reported(_place(review.versions[-2]))
    if review.protocol.base_review is None:
        return not_applicable("no version precedes this one", PUBLISHED_VERSIONS)
    return weigh((review.base_document, "the reference of the earlier review"), who=IN_PROTOCOL, at=(PRIOR_WORK,))


def changed_objectives(review: Review) -> Answer:
    """The dated changes of the protocol, those of the question among them."""
    if not review.protocol.amendments:
        return not_applicable("no change of the protocol is recorded", AMENDMENTS)
    return reported(AMENDMENTS)


def parameters(review: Review) -> Answer:
    """The schedule of every source and step, and when the review ends."""
    living = review.protocol.living
    bare = sources_held.without_schedule(review)
    return weigh(
        (not bare, f"how often {sources_held.names(bare)} {'is' if len(bare) == 1 else 'are'} searched"),
        (living.new_version_when, "what makes a new version due"),
        (living.retire_when, "when the review is retired, or that there is no plan"),
        who=IN_SOURCES,
        at=(SCHEDULES, LIVING_SCHEDULE, NEW_VERSIONS, RETIREMENT),
    )


def changed_methods(review: Review) -> Answer:
    """What the newest version changed in the methods."""
    return _of_newest(review, lambda version: version.methods_changes, "what it changed in the methods")


def changed_results(review: Review) -> Answer:
    """What the newest version changed in the results."""
    return _of_newest(review, lambda version: version.results_changes, "what it changed in the results")


def authors(review: Review) -> Answer:
    """Who made the newest version, and what they did."""
    return _of_newest(review, lambda version: version.authors, "its authors and their roles")


def trigger(review: Review) -> Answer:
    """What made the newest version due."""
    return _of_newest(review, lambda version: version.trigger, "what made it due")


def updating(review: Review) -> Answer:
    """How data and risk of bias of studies that are already included are kept up to date."""
    methods = review.protocol.methods
    told = says(f"{methods.extraction} {methods.risk_of_bias}", "already included", "updat")
    return weigh(
        (told, "how data and risk of bias of studies already included are updated; the methods do not mention it"),
        who=IN_PROTOCOL,
        at=(METHODS,),
    )


def repeated_analyses(review: Review) -> Answer:
    """How repeating an analysis at every update is allowed for."""
    if not evidence_held.poolable(review):
        return not_applicable("no analysis is repeated, because no results may be pooled", NOT_POOLED)
    return weigh(
        (
            says(words_held.methods_of_synthesis(review.protocol), "repeated"),
            "how it is allowed for that analyses are repeated; the methods do not mention it",
        ),
        who=IN_PROTOCOL,
        at=(METHODS,),
    )


def selection_across_versions(review: Review) -> Answer:
    """The selection of this version beside that of the earlier one."""
    flow = review.flow
    unknown = sum(count is None for count in flow.previous.values()) if review.protocol.base_review else 0
    return weigh(
        (flow.n_runs, "a search of this review"),
        (not unknown, f"{unknown} of the {len(flow.previous)} numbers of the earlier version's selection"),
        who=BY_SEARCHING,
        at=(FLOW,),
    )


def limitations(review: Review) -> Answer:
    """A section on the limitations of the living mode."""
    return weigh(
        (has_section(review, "limitation", "living"), "a section headed with limitations of the living mode"),
        who=IN_SUMMARIES,
        at=(PLAIN_LANGUAGE,),
    )


def status(review: Review) -> Answer:  # noqa: ARG001 - the status of every review is computed for every page
    """The status is computed each day and stands at the foot of every page."""
    return reported(LIVING_STATUS)


def _place(version: Version) -> Location:
    return Location(f"Version {version.version}", "versions.md", f"version-{version.version.replace('.', '-')}")


def _of_newest(review: Review, told: Callable[[Version], object], what: str) -> Answer:
    """Return whether the newest version says something, and where."""
    if not review.versions:
        return missing(NO_VERSION, IN_VERSIONS)
    newest = review.versions[-1]
    return weigh((told(newest), f"{what}, for version {newest.version}"), who=IN_VERSIONS, at=(_place(newest),))


CHECKLIST = Checklist(
    id="prisma-lsr",
    name="PRISMA-LSR",
    about="What a report of a living systematic review should say besides.",
    citation=(
        "Akl EA, Khabsa J, Iannizzi C, et al. Extension of the PRISMA 2020 statement for living systematic reviews"
        " (PRISMA-LSR): checklist and explanation. BMJ 2024;387:e079183"
    ),
    doi="10.1136/bmj-2024-079183",
    numbering=(
        "Four new items, L1 to L4, and additions to items of PRISMA 2020. The numbers of L2 to L4 could not be checked"
        " in the statement itself. An addition stands without a number where it could not be checked to which item it"
        " belongs."
    ),
    sections=(
        Section(
            "New items",
            (
                Requirement(
                    "L1", "Living mode", "The schedule of every source and step, and the plan to end.", parameters
                ),
                Requirement("L2", "Changes of methods", "What the version changed in the methods.", changed_methods),
                Requirement("L3", "Changes of results", "What the version changed in the results.", changed_results),
                Requirement("L4", "Authors and roles", "Who made the version, and what they did.", authors),
            ),
        ),
        Section(
            "Additions to items of PRISMA 2020",
            (
                Requirement("1", "Title: living", "Says that the review is living.", living_title, "living-title"),
                Requirement("1", "Title: version", "The number of the version.", version_number, "version-number"),
                Requirement(
                    "2", "Abstract: retirement", "Whether the review is being retired.", retiring, "retirement"
                ),
                Requirement("3", "Rationale: living mode", "Why the review is living.", justification, "justification"),
                Requirement("3", "Rationale: earlier version", "The version before.", preceding_version, "preceding"),
                Requirement("4", "Objectives", "Changes of the question, and why.", changed_objectives, "objectives"),
                Requirement("", "Trigger", "What made this version due.", trigger, "trigger"),
                Requirement(
                    "", "Studies already included", "How their data and appraisal are updated.", updating, "updating"
                ),
                Requirement(
                    "", "Repeated analyses", "How repeating an analysis is allowed for.", repeated_analyses, "analyses"
                ),
                Requirement(
                    "",
                    "Selection across versions",
                    "The selection of this version beside the earlier.",
                    selection_across_versions,
                    "selection",
                ),
                Requirement("", "Limitations", "What the living mode cannot do.", limitations, "limitations"),
                Requirement("", "Status", "Whether the review is living, paused or retired.", status, "status"),
            ),
        ),
    ),
)
