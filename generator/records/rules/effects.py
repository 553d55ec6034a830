"""Words that say that something was done to an outcome: `reduced pain`, `no side effects`. Holds no rule.

A change that is told of the outcome itself (`pain fell by 10 points`, `no side effects were reported`) is a report and
may stand at any certainty; that something made it so is a claim: GRADE keeps verbs such as "reduces" for evidence of
high certainty (Santesso 2020, GRADE guidelines 26, doi 10.1016/j.jclinepi.2019.10.014). Reads English, in small
letters; whether a clause leaves open what is found here is judged in `generator.records.rules.claims`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple


def _not_after(*words: str) -> str:
    """Return a pattern of no length that none of the words stands before."""
    return "".join(rf"(?<!\b{word} )" for word in words)


def _after(*words: str) -> str:
    """Return a pattern of no length that one of the words stands before."""
    return "(?:" + "|".join(rf"(?<=\b{word} )" for word in words) + ")"


_DID = (
    r"(?:reduced|relieved|eased|alleviated|lessened|lowered|decreased|diminished|improved|increased|enhanced|boosted|"
    r"restored|regenerated|healed|prevented)"
)
_DOES = r"(?:eases|lowers|decreases|lessens|diminishes|increases|enhances|boosts|restores|regenerates|heals|prevents)"
_DO = r"(?:reduce|relieve|ease|alleviate|lessen|lower|decrease|improve|prevent|restore|regenerate|heal|cure)"
_SUBJECT = _after("will", "can", "likely to", "able to", "they", "injections", "treatments", "therapies")
_TO_AN_OUTCOME = (
    r"(?= [a-z])"
    r"(?! (?:in|by|from|to|at|after|with|without|over|during|within|on|for|of|and|or|but|than|as|when|while|until|more|"
    r"since|less|most|again|further|also|only|through|between|among|before|because|due|if|so|not|too|later|then|up|"
    r"there|\w+ly)\b)"
    r"(?! (?:any |the |our |this |its |a )?(?:certainty|evidence|confidence|search\w*|review|trust|ratings?|precision|"
    r"chances?|uncertainty|risk of bias|conclusions?|comparisons?|pooling|judgements?|us|"
    r"number of (?:records|studies|searches|candidates|trials))\b)"
)
"""An object follows: not `pain improved in both groups`, whose subject is the outcome, and nothing of the review's own,
as in `lowered the certainty`."""
_DESCRIBES = _not_after("reported", "reports", "with", "an", "a", "of", "for", "in", "any")
"""Before these a word describes and does nothing: people reported reduced pain."""
_MORE = (
    r"(?:less|fewer|better|lower|higher|greater|rarer|relief|recovery|healing|gains?|improve\w+|reduc\w+|decreas\w+|"
    r"more(?! (?:records|candidates|studies|trials|searches|work)\b))"
)
_LED_TO = (
    r"(?:led to|leads to|resulted in|results in|caused|causes|produced|produces|contributed to|contributes to|"
    r"brought about|brings about)"
)
_GIVEN = r"(?:the|these|this) (?:injections?|treatments?|therap(?:y|ies)|interventions?|products?)"
_HARMS = r"(?:side effects?|(?:adverse|unwanted) (?:effects?|events?|reactions?)|harms?|complications?)"
_MERELY_TOLD = (
    r"(?! (?:[\w-]+ ){0,6}(?:reported|observed|seen|found|noted|recorded|mentioned|described|measured|attributed|asked|"
    r"looked|counted|shown)\b)"
)
"""No side effects were reported, and the like: what nobody saw may be told so."""
_TELLS = _not_after("report", "reports", "reported", "reporting", "observed", "found", "saw", "seeing", "of")

_WAYS = {
    "what did it": (
        rf"(?<=\w ){_DESCRIBES}{_DID}{_TO_AN_OUTCOME}",
        rf"{_DOES}{_TO_AN_OUTCOME}",
        rf"{_SUBJECT}{_DO}{_TO_AN_OUTCOME}",
        rf"(?:reduced|relieved|eased|lowered|improved|prevented|cured|caused) by {_GIVEN}",
        r"helped(?! (?:to|us|with the)\b)|benefitt?ed|benefits outweigh\w*",
    ),
    "what came of it": (
        rf"{_LED_TO} (?:[\w-]+ ){{0,3}}?{_MORE}|(?:caused|causes) (?:[\w-]+ )?{_HARMS}|thanks to",
        r"(?:makes|made) (?:[\w-]+ ){1,3}?(?:better|easier|fewer|less|rarer|calmer|go away|disappear)",
        r"(?:brings?|brought|gives?|gave) (?:\w+ )?relief",
        r"(?:has|had) (?:an?|some|no|little|large|great|strong|positive|good|clear) (?:\w+ )?effects?(?= on\b)",
        r"effects? (?:[\w-]+ ){0,3}(?:is|are|was|were) (?:large|small|strong|great|moderate|clear|positive|good)",
        r"superior to|better than(?= (?:placebo|sham|no|usual|another|other|water|(?:the )?control)\b)",
        r"breakthroughs?|curative|miracles?",
    ),
    "that it does no harm": (
        rf"{_TELLS}(?:no|without|free of|free from) (?:[\w-]+ )?{_HARMS}{_MERELY_TOLD}",
        rf"(?:has|have|had) (?:few|rare|only mild|hardly any) {_HARMS}",
        rf"{_HARMS} are (?:\w+ )?(?:rare|mild|few|uncommon|minor|negligible|transient)",
        r"(?:do|does|did) (?:no harm|not harm|not (?:cause|do) (?:any )?harm)",
        r"not (?:harmful|dangerous|risky|toxic)|non-?toxic",
        r"tolerated (?:very )?well|(?:is|are|was|were) tolerated|good tolerability",
    ),
}
_EFFECT = re.compile(rf"(?<![\w-])(?:{'|'.join(one for ways in _WAYS.values() for one in ways)})(?![\w-])")
_BECAUSE = re.compile(
    r"\b(?:due to|because of|owing to|as a result of|attributable to|attributed to)(?= (?:the|this|these) )"
)
_CHANGED = re.compile(
    r"\b(?:better|improve\w*|less|fewer|fell|fall|decreased?|reduction|reduced|relief|stopped|gone|change|difference)\b"
)


class Effect(NamedTuple):
    """Where in a sentence something is said to have been done to an outcome, and in which words."""

    start: int
    words: str


def find_effects(sentence: str) -> Iterator[Effect]:
    """Yield what a sentence in small letters says was done to an outcome, or came of something, in no certain order."""
    for found in _EFFECT.finditer(sentence):
        yield Effect(found.start(), found[0])
    for found in _BECAUSE.finditer(sentence):
        if _CHANGED.search(sentence[: found.start()]):
            yield Effect(found.start(), found[0])
