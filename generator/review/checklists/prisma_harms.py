"""PRISMA-Harms: what a review that looks at harms says besides (four items)."""

from generator.review import Review
from generator.review.checklist import Answer, Checklist, Requirement, Section, listed, not_applicable, weigh
from generator.review.checklists.evidence_held import NOTHING_INCLUDED, unread
from generator.review.checklists.whereabouts import HARMS, HOME, IN_PROTOCOL, IN_STUDIES, ZERO_EVENTS
from generator.review.checklists.words_held import says
from generator.review.study_facts import label_of

WORDS = ("harm", "adverse", "safety", "side effect", "complication", "toxicity", "tolerab")
"""Words by which a title speaks of harms."""


def title(review: Review) -> Answer:
    """The title names harms."""
    return weigh((says(review.protocol.title, *WORDS), "a word for harms in the title"), who=IN_PROTOCOL, at=(HOME,))


def zero_events(review: Review) -> Answer:
    """How it was handled that none were reported, and the outcome that it belongs to."""
    if not review.harms.none_reported:
        return not_applicable("no included study says that none occurred", HARMS)
    return weigh(
        (any(one.harms for one in review.protocol.outcomes), "an outcome about harms in the protocol"),
        who=IN_PROTOCOL,
        at=(ZERO_EVENTS,),
    )


def definitions(review: Review) -> Answer:
    """For each study what was looked for, in which way, and for how long."""
    studies = review.studies
    if not studies:
        return not_applicable(NOTHING_INCLUDED, HARMS)
    silent = [label_of(key) for key, one in studies.items() if one.harms is None]
    told = {key: (one, one.harms) for key, one in studies.items() if one.harms}
    no_way = [label_of(key) for key, (one, harms) in told.items() if unread(harms.ascertainment, one)]
    no_time = [label_of(key) for key, (_, harms) in told.items() if harms.over is None]
    return weigh(
        (not silent, f"anything about harms in {listed(silent)}"),
        (not no_way, f"how harms were looked for, from the reports themselves, in {listed(no_way)}"),
        (not no_time, f"for how long harms were looked for in {listed(no_time)}"),
        who=IN_STUDIES,
        at=(HARMS,),
    )


def causality(review: Review) -> Answer:
    """For each event whether it was judged to be caused by the intervention."""
    told = {key: one for key, one in review.studies.items() if one.harms and one.harms.events}
    if not told:
        return not_applicable("no included study describes a harm", HARMS)
    unjudged = [
        label_of(key)
        for key, one in told.items()
        if one.harms and any(unread(event.related, one) for event in one.harms.events)
    ]
    return weigh(
        (not unjudged, f"how the cause of events was judged, from the reports themselves, in {listed(unjudged)}"),
        who=IN_STUDIES,
        at=(HARMS,),
    )


CHECKLIST = Checklist(
    id="prisma-harms",
    name="PRISMA-Harms",
    about="What a review that looks at harms should say besides.",
    citation=(
        "Zorzela L, Loke YK, Ioannidis JP, et al. PRISMA harms checklist: improving harms reporting in systematic"
        " reviews. BMJ 2016;352:i157"
    ),
    doi="10.1136/bmj.i157",
    numbering=(
        "Four items, added to those of PRISMA. They are numbered as in the PRISMA statement of 2009, not as in PRISMA"
        " 2020; the numbers were checked on the website of PRISMA."
    ),
    sections=(
        Section(
            "Items on harms",
            (
                Requirement("1", "Title", "Names harms, or the harm in question.", title),
                Requirement("14", "Synthesis: zero events", "How it was handled that no event occurred.", zero_events),
                Requirement(
                    "18",
                    "Study characteristics",
                    "What counted as a harm, how it was looked for, and for how long.",
                    definitions,
                ),
                Requirement("21", "Synthesis: causality", "How it was judged what caused an event.", causality),
            ),
        ),
    ),
)
