"""PRISMA 2020, items 12 to 15: how results are measured, brought together and judged."""

from generator.review import Review
from generator.review.checklist import Answer, Requirement, listed, missing, reported, weigh
from generator.review.checklists import words_held
from generator.review.checklists.whereabouts import (
    DIRECTIONS,
    IN_PROTOCOL,
    METHODS,
    NOT_POOLED,
    OUTCOMES,
    RESULTS,
)
from generator.review.checklists.words_held import DISPLAYS, HETEROGENEITY, SENSITIVITY, says, written
from generator.review.study_facts import label_of


def effect_measures(review: Review) -> Answer:
    """The effect measures."""
    return weigh(
        (written(review.protocol.methods.effect_measures), "the effect measure for each outcome"),
        who=IN_PROTOCOL,
        at=(METHODS,),
    )


def eligible_for_synthesis(review: Review) -> Answer:
    """What decides which results come together: outcome, instrument and time window."""
    protocol = review.protocol
    return weigh(
        (written(protocol.methods.synthesis), "how results are brought together"),
        (protocol.time_windows, "the time windows that results are grouped by"),
        (any(one.instruments for one in protocol.outcomes), "the instruments that belong to an outcome"),
        who=IN_PROTOCOL,
        at=(METHODS, OUTCOMES),
    )


def preparation(review: Review) -> Answer:
    """Numbers are shown as printed; one that the reviewers worked out needs words that nobody has written."""
    imputed = [
        label_of(key)
        for key, study in review.studies.items()
        if any(one.dispersion and one.dispersion.imputed for one in study.results)
    ]
    if imputed and not says(words_held.methods_of_synthesis(review.protocol), "imput"):
        return missing(f"how missing measures of spread were imputed for {listed(imputed)}", IN_PROTOCOL)
    return reported(RESULTS, METHODS) if imputed else reported(RESULTS)


def display(review: Review) -> Answer:
    """How results are shown."""
    return weigh(
        (
            says(review.protocol.methods.synthesis, *DISPLAYS),
            "how results are tabulated and drawn; the methods of synthesis do not mention it",
        ),
        who=IN_PROTOCOL,
        at=(METHODS, DIRECTIONS),
    )


def synthesis_methods(review: Review) -> Answer:
    """How results are brought together, and why some never are."""
    methods = review.protocol.methods
    return weigh(
        (written(methods.synthesis), "how results are brought together"),
        (written(methods.why_not_pooled), "why some results are never pooled"),
        who=IN_PROTOCOL,
        at=(METHODS, NOT_POOLED),
    )


def heterogeneity_methods(review: Review) -> Answer:
    """How differences between studies are looked into."""
    return weigh(
        (
            says(words_held.methods_of_synthesis(review.protocol), *HETEROGENEITY),
            "how causes of heterogeneity are looked into; the methods of synthesis do not mention it",
        ),
        who=IN_PROTOCOL,
        at=(METHODS,),
    )


def sensitivity_methods(review: Review) -> Answer:
    """Which sensitivity analyses are planned."""
    return weigh(
        (
            says(words_held.methods_of_synthesis(review.protocol), *SENSITIVITY),
            "which sensitivity analyses are made, if any; the methods of synthesis do not mention them",
        ),
        who=IN_PROTOCOL,
        at=(METHODS,),
    )


def reporting_bias_methods(review: Review) -> Answer:
    """How missing results are looked for."""
    return weigh(
        (written(review.protocol.methods.reporting_bias), "how missing results are looked for"),
        who=IN_PROTOCOL,
        at=(METHODS,),
    )


def certainty_methods(review: Review) -> Answer:
    """How certainty is rated."""
    return weigh((written(review.protocol.methods.certainty), "how certainty is rated"), who=IN_PROTOCOL, at=(METHODS,))


SYNTHESIS_METHODS: tuple[Requirement, ...] = (
    Requirement("12", "Effect measures", "The effect measure for each outcome.", effect_measures),
    Requirement(
        "13a",
        "Synthesis: eligible studies",
        "What decides which studies enter which synthesis.",
        eligible_for_synthesis,
    ),
    Requirement(
        "13b",
        "Synthesis: preparation",
        "What was converted, calculated or filled in before the synthesis.",
        preparation,
    ),
    Requirement("13c", "Synthesis: display", "How results are tabulated and drawn.", display),
    Requirement(
        "13d",
        "Synthesis: methods",
        "How results are combined and why so; for a meta-analysis the model and the software.",
        synthesis_methods,
    ),
    Requirement(
        "13e",
        "Synthesis: heterogeneity",
        "How reasons for different results are looked into.",
        heterogeneity_methods,
    ),
    Requirement(
        "13f",
        "Synthesis: sensitivity",
        "How it is tested that the results do not hang on single choices.",
        sensitivity_methods,
    ),
    Requirement("14", "Reporting bias", "How results that were never reported are looked for.", reporting_bias_methods),
    Requirement("15", "Certainty", "How the certainty of the evidence is rated.", certainty_methods),
)
