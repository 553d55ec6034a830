"""The word lists behind the comparison of titles, each with the reason it exists. Lists only: no logic."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NO_TITLE = frozenset({"unknown", "untitled", "notitle", "notitleavailable", "titlenotavailable", "na", "none", "null"})
"""What sources write where a title is missing, joined."""

GENERIC = _words(
    """
    abstract abstracts abstractsofpapers acknowledgement acknowledgements acknowledgment acknowledgments
    addendum announcement announcements annotation annualmeeting annualmeetingabstracts authorreply authorresponse
    authorsreply authorsresponse bookreview bookreviews booksreceived calendar casereport casereports
    clinicalimage clinicalpearls commentary comment comments conclusion conclusions congressabstracts
    conferenceabstracts contents contributors correction corrections correspondence corrigenda corrigendum
    currentcomment discussion editorial editorialboard editorialcomment editorialcommentary editorialintroduction
    editorsnote editorschoice editorspick errata erratum expressionofconcern foreword fromtheeditor
    fromtheeditors frontmatter guesteditorial highlights imageofthemonth inbrief inmemoriam inreply inresponse
    inthisissue index indextoauthors instructionsforauthors introduction invitedcommentary invitededitorial
    invitedlecture keynotelecture keynoteaddress letter letters lettertoeditor lettertotheeditor letterstotheeditor
    meetingabstracts miscellaneous news newsandviews newsinbrief noteofconcern notice obituary opinion oralabstracts
    oralpresentation oralpresentations oralsession perspective perspectives posterabstracts posterpresentation
    posterpresentations postersession preface presidentialaddress prologue reply replybyauthors replybytheauthors
    replytoeditor replytotheeditor replytoletter replytolettertotheeditor researchhighlights response
    responsetolettertotheeditor responsetotheeditor retraction retractionnotice retractionnote retracted reviewers
    scientificabstracts scientificprogram selectedabstracts shortcommunication speakerabstracts subjectindex
    summary summaryandconclusions supplement symposium symposiumabstracts tableofcontents theauthorreplies
    theauthorsreply theauthorsreplied theauthorsrespond viewpoint welcome whatsnew whatsyourdiagnosis withdrawn
    """
)
"""Titles that say nothing about the document, joined; issues of one journal repeat them."""

GENERIC_OPENINGS = (
    *("abstractsof", "abstractsfrom", "abstractsforthe", "abstractspresented", "annualreport", "authorindex"),
    *("bookreview", "editorial", "guesteditorial", "introductiontothespecial", "introductiontothemini"),
    *("introductiontothisspecial", "introductiontothetheme", "issueinformation", "lettertotheeditor"),
    *("messagefromthe", "newsfrom", "prefacetothe", "proceedingsof", "specialissue", "thismonthin"),
    *("welcometo", "yearinreview", "highlightsof", "highlightsfrom", "responsetolettertotheeditor"),
)
"""Beginnings of titles that return every issue or every year under the same editors, joined."""

_VOLUME_NOTE = r"\(vol\.? [\w-]+,? (?:pg?|pp|page|art)\b[^()]*\)\W*$"
"""Web of Science writes a correction as the title of the document with "(vol 142, pg 310, 2003)" behind it."""
_CITATION_NOTE = r"\((?=[^()]{4,}\()(?=.*\b(?:19|20)\d\d\))[^()]+(?:\([^()]*\)[^()]*)+\)\W*$"
"""Embase and Scopus do so with "(New England Journal of Medicine (2009) 360 (542-544))"."""
_NOTICE = r"(?:erratum|errata|corrigend(?:um|a)|addendum)\b"
_ANSWER = r"(?:(?:in )?reply|(?:the )?authors? (?:reply|response)|response|comment)"

STANDINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        # "Correction of deformity after ..." is a study; "Correction to: ..." is a notice.
        ("correction", rf"^\W*(?:published |author |publisher )?(?:{_NOTICE}|corrections?\s*(?:[:(\[.]|to\b|$))"),
        ("correction", _VOLUME_NOTE),
        ("correction", _CITATION_NOTE),
        ("retraction", r"^\W*(?:notice of )?retractions?\b(?:\s*(?:[:(\[]|to\b|of\b|notice|note|statement)|\W*$)"),
        ("retraction", r"^\W*(?:editorial )?expression of concern"),
        ("book review", r"^\W*book reviews?\b|\bbook review\W*$"),
        (
            "reply",
            r"^\W*(?:re|(?:in )?reply|response|comments?|commentary|letters?(?: to the editor)?)\s*(?::|to\b|on\b)",
        ),
        ("reply", r"^\W*(?:the )?authors?(?: | to the )?(?:reply|replies|response|respond)"),
        ("reply", rf"[-–—:.?\]]\s*(?:{_ANSWER}|reply to\b.*)\W*$"),
    )
)
"""Title patterns, in small letters without apostrophes, of documents that are about another document."""

STEMS_OF_STANDINGS = _words("errat corrig addend correct retract concern review repl respon comment letter (")
"""Without one of these, or `Re` at its beginning, a title fits none of the patterns; most have none."""

ABOUT_ANOTHER = re.compile(
    rf"^\W*(?:(?:published|author|publisher|editorial) )?(?:notice of )?(?:{_NOTICE}|corrections?|retractions?|"
    r"expression of concern)(?: (?:notice|note|statement))?\W*(?:(?:to|for|of|regarding|in)\b)?\W*"
)
CITATION_OF_ANOTHER = re.compile(rf"{_VOLUME_NOTE}|{_CITATION_NOTE}|\[[^\[\]]*(?:19|20)\d\d[^\[\]]*\]\W*$")
"""What a notice adds before and behind the title of the document it is about."""
CITATION_CUT_OFF = re.compile(r"\((?:[^()]|\([^()]*\))*(?:\([^()]*)?$")
"""The same where the field was too short for it: "(The Journal of Pediatrics (M"."""

_LANGUAGES = (
    "arabic|bulgarian|chinese|croatian|czech|danish|dutch|english|estonian|finnish|french|german|greek|hebrew|hungarian|"
    "icelandic|italian|japanese|korean|latvian|lithuanian|norwegian|persian|polish|portuguese|romanian|russian|"
    "serbian|serbo-croatian|slovak|slovene|slovenian|spanish|swedish|thai|turkish|ukrainian|vietnamese"
)
_REMARK = r"\d+ refs?|(?:systematic )?review|meta-analysis|abstract|letter|editorial|comment|see comments?|proceeding"
_EVENT = (
    r"(?:published |corrected |summary for |original )?(?:erratum|correction|corrected|comment|republished|retraction|"
    r"retracted|summary|reprint|reprinted|republication|update|patients? in)\b"
)
TRANSLATED = re.compile(rf"^\W*\[[^\[\]]*\]\W*(?:\[.*)?$|\[\s*(?:article in )?(?:{_LANGUAGES})\b")
"""A title wholly in brackets, or with the name of a language behind it."""
NOTES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        # Embase and Ovid: "[Japanese]", "[Review] [16 refs]", "[Article in French]"; PubMed: "[see comments]".
        rf"\[\s*(?:article in |in )?(?:{_LANGUAGES})(?:,? (?:{_LANGUAGES}))*\s*\]",
        rf"\[\s*(?:{_REMARK})\s*\]?$|\[\s*(?:{_REMARK})\s*\]",
        # Ovid MEDLINE: "[Erratum appears in J Pediatr. 2003 ...]" belongs to the document, not to the erratum.
        rf"\[\s*{_EVENT}.*$",
        r"\((?:multiple letters|author \w+|abstract|provisional abstract|review|cme)\)\s*(?:\[\d+\])?",
        rf"\((?:{_LANGUAGES})\)\W*$",
        # A flag on the document itself; the notice reads "Retraction: ..." or "Withdrawal notice".
        r"^\W*(?:retracted|withdrawn)(?: (?:article|paper|chapter))?\s*[:\]]|\(?\bretracted article\b.*$",
        # Older Embase exports put the language behind the title: "Title LA: Ara".
        r"\bla: [a-z]{3}\W*$",
        # CINAHL: "Title... N Engl J Med. 2009 Jan 29;360(5):544-6".
        r"\.\.\.?\s*[a-z][^.]*\. ?(?:19|20)\d\d\b.*$",
    )
)
"""What indexing services add to a title; taken out before titles are compared."""

SIGNS_OF_NOTES = re.compile(r"\bla: |[\[(]|\.\.|^\W*(?:retracted|withdrawn)|retracted article")
"""Without one of these a title has no notes; most have none."""

ONE_WORD_FOR = {
    **dict(
        zip(
            ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"],
            map(str, range(1, 13)),
            strict=True,
        )
    ),
    **dict(
        zip(
            ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
            map(str, range(1, 11)),
            strict=True,
        )
    ),
    "versus": "vs",
}
"""Numbers in words, which sources exchange for digits, so that Part I and Part II always differ."""

SPELLINGS = (
    *(("ae", "e"), ("oe", "e"), ("our", "or"), ("isation", "ization"), ("ised", "ized"), ("ising", "izing")),
    *(("lyse", "lyze"), ("lysing", "lyzing"), ("centre", "center"), ("fibre", "fiber"), ("leuc", "leuk")),
    *(("sulph", "sulf"), ("programme", "program"), ("ageing", "aging"), ("metre", "meter"), ("litre", "liter")),
    *(("ll", "l"), ("defence", "defense"), ("judgement", "judgment"), ("aluminium", "aluminum")),
)
"""British and American spellings, applied to both titles."""

_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon "
    "phi chi psi omega"
)
LETTERS = str.maketrans(
    dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω", _GREEK.split(), strict=True))
    | {"µ": "mu", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | {"’": "", "‘": "", "`": "", "´": "", "ʼ": ""}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)
"""Letters that Unicode does not take apart into a plain letter and a mark; and signs that nobody sees, left out."""

LOOK_ALIKE = frozenset(
    frozenset(pair.split("/"))
    for pair in (
        "alpha/a",
        "beta/b",
        "beta/ss",
        "gamma/g",
        "delta/d",
        "kappa/k",
        "lambda/l",
        "mu/u",
        "micro/mu",
        "omega/w",
    )
)
"""Greek letters and the Latin ones, or the sharp s, that databases without them write instead."""

FUNCTION_WORDS = _words("a an the of in on for to and at by from as with its der die das de la le el et und")
"""Words that may be missing or exchanged; `without`, `not` and `or` may not."""

OTHER_DOCUMENT = _words(
    "part follow followup protocol extension update updated interim supplement appendix reply comment response letter"
    " erratum correction corrigendum retraction continued abstract rationale design pilot reanalysis secondary subgroup"
    " substudy posthoc revisited children adults women men without"
)
"""A subtitle with one of these words may be another document of the same study or on the same subject."""

NUMBERED = _words("part parts section chapter volume series teil partie parte deel lecture session")
"""Words that number the documents of a series."""

SORTS_OF_DOCUMENT = _words(
    """
    acasereport acasereportandliteraturereview acasereportandreviewoftheliterature aliteraturereview areview
    areviewoftheliterature articleoriginal briefcommunication briefreport casereport casereportandliteraturereview
    casereportandreviewoftheliterature casereports clinicalarticle fulllengtharticle literaturereview medicalprogress
    originalarticle originalcontribution originalinvestigation originalpaper originalresearch originalresearcharticle
    researcharticle researchpaper review reviewarticle reviewoftheliterature shortcommunication shortreport
    """
)
"""Headings and subtitles, joined, that only name the sort of the document; some databases leave them out."""

OPPOSED = frozenset(
    frozenset(pair.split("/"))
    for pair in (
        "abduction/adduction",
        "abductor/adductor",
        "perineal/peroneal",
        "perineum/peritoneum",
        "affect/effect",
        "prostate/prostrate",
        "ileal/iliac",
        "aural/oral",
        "malleus/malleolus",
        "inter/intra",
        "mammary/maxillary",
        "tonic/clonic",
        "cytosine/cytidine",
        "thymine/thiamine",
        "tacrine/taurine",
        "macular/muscular",
        "perfusion/profusion",
        "ureteral/urethral",
        "ureter/urethra",
        "valine/saline",
        "absorption/adsorption",
        "parental/parenteral",
        "prenatal/parental",
        "adrenaline/adrenalin",
        "glycine/glycone",
        "rested/tested",
        "cysteine/cystine",
        "addition/addiction",
        "humeral/humoral",
        "causal/casual",
        "marital/martial",
    )
) - {frozenset(("adrenaline", "adrenalin"))}
"""Words one letter apart that mean different things; a typing error elsewhere is forgiven."""

NOBODY = frozenset({"", "unknown", "anonymous", "anon", "no authorship indicated", "no authors listed"})
"""What sources write where nobody is named as author."""

GROUP = re.compile(
    r"\b(?:group|investigators|consortium|committee|collaborati(?:on|ve)|collaborators|network|trialists|task force)\b"
)
"""A name with one of these words is that of a group, in small letters."""
GROUP_WORDS = _words(
    "group investigators consortium committee collaboration collaborative collaborators network trialists task force"
    " study working research expert steering writing clinical trial trials the for of and on"
)
"""Words that the names of unlike groups share."""

PARTICLES = _words("al bin da das de del den der des di do dos du el et la le los of te ten ter van von y zu zur")
"""Words beside family names that thousands of people share: de la Cruz is not de la Fuente, nor is it `et al`."""

ARTICLES = _words("the of and for in on de la le les des der die das del du di a an et und")
"""Words of the names of venues that abbreviations leave out."""
