"""The word lists behind the comparison of titles, each with the reason it exists. Lists only: no logic."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NO_TITLE = frozenset(
    {"unknown", "untitled", "notitle", "notitleavailable", "titlenotavailable", "notavailable", "na", "none", "null"}
)
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
GREEK = _words(_GREEK)
"""Names of letters that older databases leave out of titles: `TNF-` for TNF-alpha, which may be TNF-beta as well."""
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

NOT_IN_CITATIONS = (OTHER_DOCUMENT | NUMBERED) - _words("comment correction erratum retraction update volume section")
"""Words behind a note that was left open which are not of the note: `[Erratum appears in Made-up J Tea: part 2`."""

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
