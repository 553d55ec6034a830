"""PRISMA-S: what a report says about its searches (16 items)."""

from generator.model.protocol import SourceKind
from generator.review import Review
from generator.review.checklist import Answer, Checklist, Requirement, Section, listed, not_applicable, reported, weigh
from generator.review.checklists import sources_held
from generator.review.checklists.sources_held import names, places
from generator.review.checklists.whereabouts import (
    BY_EARLIER_AUTHORS,
    BY_SEARCHING,
    DUPLICATES,
    IN_LOG,
    IN_PROTOCOL,
    IN_SOURCES,
    LIVING_SCHEDULE,
    PRIOR_WORK,
    SCHEDULES,
    SEARCH_LOG,
    SOURCES,
)
from generator.review.checklists.words_held import says, says_that_searches_were_reviewed


def databases(review: Review) -> Answer:
    """Every database with its platform."""
    found = sources_held.of_kind(review, SourceKind.DATABASE)
    bare = sources_held.without_platform(review)
    return weigh(
        (found, "a database"),
        (not bare, f"the platform on which {names(bare)} {'is' if len(bare) == 1 else 'are'} searched"),
        who=IN_SOURCES,
        at=(SOURCES,),
    )


def databases_together(review: Review) -> Answer:
    """The databases that share a platform."""
    sharing = sources_held.sharing_a_platform(review)
    if not sharing:
        return not_applicable("no two databases are named with the same platform", SOURCES)
    return reported(*places(sharing))


def registries(review: Review) -> Answer:
    """The study registries, each searched at least once."""
    found = sources_held.of_kind(review, SourceKind.REGISTER)
    if not found:
        return not_applicable("the protocol names no study registry", SOURCES)
    never = [one for one in sources_held.never_searched(review) if one in found]
    return weigh((not never, f"a search of {names(never)}"), who=BY_SEARCHING, at=places(found))


def browsing(review: Review) -> Answer:
    """The websites and organisations that are looked through, and how."""
    found = sources_held.browsed(review)
    if not found:
        return not_applicable("the protocol names no website or organisation to look through", SOURCES)
    bare = [one for one in found if not (one.feeds or one.strategies or one.note)]
    return weigh((not bare, f"how {names(bare)} is looked through"), who=IN_SOURCES, at=places(found))


def citations(review: Review) -> Answer:
    """The sources by which citations are followed, and how."""
    found = sources_held.of_kind(review, SourceKind.CITATION)
    bare = [one for one in found if not (one.note or one.strategies)]
    return weigh(
        (found, "whether reference lists and citing reports were looked through"),
        (not bare, f"how {names(bare)} was done"),
        who=IN_SOURCES,
        at=places(found),
    )


def contacts(review: Review) -> Answer:
    """Whether anybody was asked for studies or data."""
    methods = review.protocol.methods
    asked = says(" ".join((methods.selection, methods.extraction, methods.reporting_bias)), "contact")
    told = sources_held.notes_say(review, "contact", where=lambda source: source.note)
    return weigh(
        (asked or told, "whether authors, makers or others were contacted; neither methods nor sources mention it"),
        who=IN_PROTOCOL,
        at=(SOURCES,),
    )


def other_methods(review: Review) -> Answer:
    """Any other way by which records come to be known."""
    found = sources_held.other_ways(review)
    if not found:
        return not_applicable("the protocol names no other way of finding studies", SOURCES)
    bare = [one for one in found if not one.note]
    return weigh((not bare, f"what is meant by {names(bare)}"), who=IN_SOURCES, at=places(found))


def strategies(review: Review) -> Answer:
    """The strategy of every database and register as sent: a plan does not count, nor one query printed for several."""
    bare, planned = sources_held.without_strategy(review), sources_held.never_sent(review)
    unnamed, shared = sources_held.searched_without_strategy(review), sources_held.sharing_a_query(review)
    needs = (
        (sources_held.registered(review), "a database or register", IN_SOURCES),
        (not bare, f"the strategy for {names(bare)}", IN_SOURCES),
        (not planned, f"a search that sends the strategy planned for {names(planned)}", BY_SEARCHING),
        (
            not unnamed,
            f"with which strategy {names(unnamed)} {'was' if len(unnamed) == 1 else 'were'} searched",
            IN_LOG,
        ),
        (
            not shared,
            f"how the one query that the earlier review prints was adapted to {names(shared)}",
            BY_EARLIER_AUTHORS,
        ),
    )
    who = dict.fromkeys(who for met, _, who in needs if not met)
    return weigh(*((met, what) for met, what, _ in needs), who="; ".join(who), at=(SOURCES,))


def limits(review: Review) -> Answer:
    """The limits of every database and register, or that there are none."""
    bare = sources_held.without_limits(review)
    return weigh(
        (sources_held.registered(review), "a database or register"),
        (not bare, f"the limits, or that there were none, for {names(bare)}"),
        who=IN_SOURCES,
        at=(SOURCES,),
    )


def filters(review: Review) -> Answer:
    """Whether published filters are used."""
    told = sources_held.notes_say(review, "filter", where=lambda source: source.limits)
    return weigh(
        (told, "whether published search filters were used; the limits of no source mention it"),
        who=IN_SOURCES,
        at=(SOURCES,),
    )


def prior_work(review: Review) -> Answer:
    """The review whose strategies are reused."""
    if review.protocol.base_review is None:
        return not_applicable("the strategies reuse no earlier review", PRIOR_WORK)
    return weigh((review.base_document, "the reference of the earlier review"), who=IN_PROTOCOL, at=(PRIOR_WORK,))


def updates(review: Review) -> Answer:
    """How the search of every source is repeated; those that only the base review searched are not."""
    scheduled = [one for one in review.protocol.sources if one.every_days is not None]
    bare = sources_held.without_schedule(review)
    return weigh(
        (scheduled, "how often any source is searched again"),
        (not bare, f"how often {names(bare)} {'is' if len(bare) == 1 else 'are'} searched again"),
        who=IN_SOURCES,
        at=(SCHEDULES, LIVING_SCHEDULE),
    )


def dates(review: Review) -> Answer:
    """The day of the last search of every source."""
    never = sources_held.never_searched(review)
    return weigh(
        (review.search_log, "any search"),
        (not never, f"the day of the last search of {names(never)}"),
        who=BY_SEARCHING,
        at=(SOURCES, SEARCH_LOG),
    )


def peer_review(review: Review) -> Answer:
    """Whether somebody else checked the strategies."""
    notes = [one.note for one in review.protocol.sources]
    told = any(map(says_that_searches_were_reviewed, [*notes, *(one.what for one in review.protocol.amendments)]))
    return weigh(
        (told, "whether somebody reviewed the strategies; no source or amendment says that a search was peer reviewed"),
        who=IN_SOURCES,
        at=(SOURCES,),
    )


def totals(review: Review) -> Answer:
    """How many records each source returned."""
    unknown = sources_held.without_total(review)
    return weigh(
        (review.search_log, "any search"),
        (not unknown, f"how many records were found in {listed(unknown)}"),
        who=BY_SEARCHING,
        at=(SEARCH_LOG,),
    )


def deduplication(review: Review) -> Answer:
    """How duplicates are recognised."""
    told = any(says(text, "duplicate") for text in review.protocol.methods.automation)
    return weigh((told, "how duplicates are recognised, and with what"), who=IN_PROTOCOL, at=(DUPLICATES,))


CHECKLIST = Checklist(
    id="prisma-s",
    name="PRISMA-S",
    about="What a report should say about its searches.",
    citation=(
        "Rethlefsen ML, Kirtley S, Waffenschmidt S, et al. PRISMA-S: an extension to the PRISMA Statement for"
        " Reporting Literature Searches in Systematic Reviews. Syst Rev 2021;10:39"
    ),
    doi="10.1186/s13643-020-01542-z",
    numbering="16 items. The numbers of items 14 to 16 could not be checked in the statement itself.",
    sections=(
        Section(
            "Information sources and methods",
            (
                Requirement("1", "Database name", "Each database and its platform.", databases),
                Requirement(
                    "2", "Multi-database searching", "Databases searched at once on a platform.", databases_together
                ),
                Requirement("3", "Study registries", "The registries searched.", registries),
                Requirement(
                    "4", "Online resources and browsing", "Websites and the like, and how they were searched.", browsing
                ),
                Requirement("5", "Citation searching", "Whether citations were followed, and how.", citations),
                Requirement("6", "Contacts", "Whether people were asked for studies or data.", contacts),
                Requirement("7", "Other methods", "Any other way of finding studies.", other_methods),
            ),
        ),
        Section(
            "Search strategies",
            (
                Requirement("8", "Full search strategies", "Each strategy, exactly as it was run.", strategies),
                Requirement("9", "Limits and restrictions", "Limits and why, or that there were none.", limits),
                Requirement("10", "Search filters", "Whether published filters were used, and which.", filters),
                Requirement("11", "Prior work", "Strategies taken over from other reviews.", prior_work),
                Requirement("12", "Updates", "How the searches are repeated.", updates),
                Requirement("13", "Dates of searches", "The day each strategy was last run.", dates),
            ),
        ),
        Section(
            "Peer review and records",
            (
                Requirement("14", "Peer review", "Whether the strategies were reviewed.", peer_review),
                Requirement("15", "Total records", "How many records each source returned.", totals),
                Requirement("16", "Deduplication", "How duplicates were found, and with what software.", deduplication),
            ),
        ),
    ),
)
