"""Words that claim benefit or safety, and the wordings that leave the question open. Holds no rule and reads English.

At very low certainty a sentence of ours may ask, deny knowledge or quote, but not claim: GRADE's wording there is
"may ... but the evidence is very uncertain" (Santesso N et al. GRADE guidelines 26. J Clin Epidemiol 2020;119:126-135,
doi 10.1016/j.jclinepi.2019.10.014). The lists below err on the side of finding a claim: a sentence can always
be said more plainly, or put in quotation marks when the words are somebody else's. Sentences that say that something
was done to an outcome (`generator.records.rules.effects`) are found as well.
"""

import re
from collections.abc import Iterator

from generator.records.rules.effects import find_effects

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)|«[^»]*»|(?<!\w)'[^']*'(?!\w)")
_SENTENCE = re.compile(r"[^.!?]*(?:[.!?](?!\s|$)[^.!?]*)*[.!?]?")
_HEDGED_OPENLY = re.compile(r"\b(?:very uncertain|very low certainty|certainty (?:\w+ ){0,4}very low)\b")

_NEW_SUBJECT = (
    r"(?=(?:it|they|this|these|that|we|the \w+|injections?|treatments?|therap(?:y|ies)) "
    r"(?:is|are|was|were|has|have|can|will|may|does|do|works?|worked|appears?|seems?)\b)"
)
_CLAUSE_ENDS = re.compile(
    r"[;:()–—]"
    r"|\b(?:but|however|although|though|yet|while|whereas|nevertheless|despite)\b"
    r"|\b(?:because|since|so(?! far)|therefore|thus)\b"
    rf"|\band {_NEW_SUBJECT}|, {_NEW_SUBJECT}"
)
"""Where a clause ends: what was left open before it is not left open after it."""

_NOT_A_CLAIM = r"(?! (?:with|on|at|as|by|like)\b)"
"""After `works`: it works with files, she works at a clinic."""
_DOING = r"(?:reduce|relieve|alleviate|improve|help)"
_ADJECTIVES = "|".join(
    (
        r"safe(?:ly|r|st)?|harmless(?:ly)?|risk-free|well[- ]tolerated",
        r"effective(?:ly)?(?! (?:dose|dosage|sample|date|from|until)\b)|efficacious(?:ly)?",
        r"beneficial|successful(?:ly)?",
        r"proven|proved|proves|cures?|cured|heals|promising",
        r"reduces|relieves|alleviates|improves|helps(?! to\b)|benefit(?:s|ed)? from|provid(?:es?|ed) (?:\w+ )?relief",
        rf"(?<=they ){_DOING}|(?<=injections ){_DOING}|(?<=treatments ){_DOING}|(?<=therapies ){_DOING}",
        r"(?:no|without|without any) (?:risks?|danger)(?! of bias\b)|low[- ]risk(?! of\b)",
        rf"(?<!published )(?<!these )(?<!other )works{_NOT_A_CLAIM}|worked{_NOT_A_CLAIM}",
        rf"(?<=does )work{_NOT_A_CLAIM}|(?<=do )work{_NOT_A_CLAIM}|(?<=did )work{_NOT_A_CLAIM}",
        rf"(?<=they )work{_NOT_A_CLAIM}|(?<=injections )work{_NOT_A_CLAIM}|(?<=treatments )work{_NOT_A_CLAIM}",
    )
)
"""Words that claim wherever nothing leaves them open."""
_NOUNS = r"safety|effectiveness|efficacy|success"
"""Words that name a topic and claim only with a word from one of the next two lists."""
_CLAIMING_BEFORE = (
    r"(?:show|shows|showed|shown|showing|demonstrat\w+|prove|proves|proved|proven|proving|establish\w*|confirm\w*|"
    r"support\w*|indicat\w+|suggest\w*|good|excellent|high|strong|clear|favou?rable|acceptable|promising|superior|"
    r"great|remarkable|significant)"
)
_CLAIMING_AFTER = (
    r"(?:is|are|was|were|has been|have been|being|been) (?:\w+ly )?"
    r"(?:shown|proven|proved|demonstrated|established|confirmed|good|excellent|high|clear|favou?rable|acceptable|promising)"
)
_CLAIM = re.compile(
    rf"(?<![\w-])(?:(?P<word>{_ADJECTIVES})"
    rf"|{_CLAIMING_BEFORE} (?:[\w-]+ ){{0,4}}(?P<noun>{_NOUNS})"
    rf"|(?P<subject>{_NOUNS})(?: [\w-]+){{0,4}} {_CLAIMING_AFTER})(?![\w-])"
)

_EVIDENCE_VERBS = (
    r"(?:shows?|shown|proves?|proven|proved|demonstrat\w*|establish\w*|know|known|tells?|says?|means?|imply|conclude|"
    r"confirm\w*|support\w*|answer\w*|let|allow|permit|clear|certain|sure|possible|enough|sufficient)"
)
_OPEN = re.compile(
    r"\bwhether\b"
    r"|\bhow (?:safe|effective|well|far|likely|often)\b|\bhow (?:it|this|they|the \w+) works?\b"
    r"|\b(?:know|tell|say|see|test|tests|ask|asks|asked|learn|judge|decide|find out|finding out|sure|clear|certain|"
    r"unclear|uncertain|unknown|doubtful) (?:yet )?if\b"
    r"|\bfar from (?:clear|certain|proven|known)\b"
    r"|(?<!no longer )\b(?:unclear|uncertain|uncertainty|unknown|undetermined|unproven|doubtful|unsupported)\b"
    r"|\b(?:too (?:few|little|small|early|uncertain)|insufficient|lack of|lacks|little is known|remains to be)\b"
    rf"|(?:\b(?:not|never|cannot|neither|nobody|nothing|none|hardly)\b|n['’]t\b)(?! only\b| just\b| merely\b)"
    rf" (?:\w+ ){{0,3}}?{_EVIDENCE_VERBS}\b(?! (?:any )?(?:harms?|risks?|adverse|side|serious|doubt))"
    r"|\b(?:nobody|nothing|none of \w+(?: \w+)?|neither \w+(?: \w+)?"
    r"|no (?:\w+ )?(?:study|studies|evidence|trials?|data|results?|proof|research))\b(?! of (?:harms?|risks?))"
    r"|\bwithout (?:\w+ )?(?:evidence|proof)\b(?! of (?:harms?|risks?))"
)
"""What leaves open everything that follows in its clause."""
_DENIED = re.compile(
    r"(?:\b(?:not|never|cannot|neither|nor)\b|n['’]t\b)(?! only\b| just\b| merely\b)"
    r" (?:(?!and\b|but\b|or\b|only\b)[\w-]+ ){0,3}$"
    r"|\bno (?:\w+ ){1,2}(?:is|was|are|were|has|had|have) (?:been )?$"
    r"|\bno (?:\w+ ){1,3}(?:can|could) be $"
)
"""A denial right before the word."""
_LEFT_OPEN_AFTER = re.compile(
    r"^ (?:is|are|was|were|remains?|has|have) (?:still )?"
    r"(?:not (?:yet )?(?:been )?\w+|unknown|unclear|uncertain|unproven|unsupported|an open question)"
)
_MAY = re.compile(r"\b(?:may|might|could)\b")


def find_claims(text: str) -> Iterator[str]:
    """Yield the words of `text` that claim benefit or safety where nothing in their clause leaves it open.

    Questions and words in quotation marks claim nothing. "May" is no way out for words such as safe and effective, but
    with "very uncertain" in the same sentence it is GRADE's own wording; before what was done to an outcome it is.
    """
    for sentence in _sentences(text):
        words = {claim.start(): claim["word"] or claim["noun"] or claim["subject"] for claim in _claims(sentence)}
        for effect in find_effects(sentence):
            clause = _clause_before(sentence[: effect.start])
            if not (_MAY.search(clause) or _OPEN.search(clause) or _is_denied(clause, "")):
                words.setdefault(effect.start, effect.words)
        yield from (words[start] for start in sorted(words))


def _claims(sentence: str) -> Iterator[re.Match[str]]:
    """Yield the words of the lists above that nothing in their clause leaves open."""
    hedged = bool(_HEDGED_OPENLY.search(sentence))
    for claim in _CLAIM.finditer(sentence):
        clause = _clause_before(sentence[: claim.start()])
        if hedged and (_MAY.search(clause) or _HEDGED_OPENLY.search(clause)):
            continue
        after = sentence[claim.end() :]
        topic = "" if claim["word"] else claim[0]
        if not (_OPEN.search(clause) or _is_denied(clause, topic) or _LEFT_OPEN_AFTER.match(after)):
            yield claim


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences that state something, in small letters, without quoted words."""
    flat = " ".join(_QUOTED.sub(" ", text).split()).lower()
    for match in _SENTENCE.finditer(flat):
        sentence = match[0].strip()
        if sentence and not sentence.endswith("?"):
            yield sentence


def _is_denied(clause: str, topic: str) -> bool:
    """Return whether a claim is denied right before its words, or among those about a topic (`safety is not shown`)."""
    return bool(_DENIED.search(clause) or re.search(r"\b(?:not|never|no)\b", topic))


def _clause_before(words: str) -> str:
    """Return the part of `words` that belongs to the clause in which they end."""
    end = 0
    for match in _CLAUSE_ENDS.finditer(words):
        end = match.end()
    return words[end:]
