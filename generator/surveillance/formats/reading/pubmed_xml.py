"""PubMed's XML -> records: articles and book chapters as the elements of `PubmedArticleSet`.

Asks no service and opens no file. PubMed's answers name a document type; it is never loaded, and declarations of a
reply's own, which entity bombs need, are refused.
"""

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat  # the handlers below refuse what could do harm, so defusedxml would add nothing

from generator import identifiers
from generator.identifiers import normalise_pmid
from generator.model.source_record import RecordKind, SourceRecord
from generator.surveillance.formats.reading.fields import Fields, one_line
from generator.surveillance.formats.reading.mentions import registrations_in
from generator.surveillance.formats.reading.records import source_record

LINKS = frozenset(
    {
        "UpdateIn",
        "UpdateOf",
        "RepublishedIn",
        "RepublishedFrom",
        "CorrectedandRepublishedIn",
        "CorrectedandRepublishedFrom",
        "RetractedandRepublishedIn",
        "RetractedandRepublishedFrom",
        "RetractionOf",
        "ErratumFor",
        "ExpressionOfConcernFor",
    }
)
"""Kinds of relation that lead to another version of a document, or from a notice to the document it is about."""
RETRACTED = frozenset({"RetractionIn", "RetractedandRepublishedIn"})
"""Kinds of relation that only a retracted document has."""
NAMES = {
    name: (name,)
    for name in (
        "title",
        "authors",
        "dates",
        "venue",
        "volume",
        "issue",
        "first_page",
        "last_page",
        "pages",
        "doi",
        "pmid",
        "pmcid",
        "url",
        "abstract",
        "types",
        "language",
        "linked",
        "accession",
        "withdrawn",
    )
}


class PubmedXmlError(ValueError):
    """A text that is not the XML of PubMed's records; the message says why."""


def read_set(body: bytes) -> Element:
    """Return the element `PubmedArticleSet` of a reply.

    Raises:
        PubmedXmlError: the XML is damaged or cut off, has another root, or declares entities of its own.
    """
    builder = TreeBuilder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _check_document_type
    parser.EntityDeclHandler = _refuse_entity
    parser.SkippedEntityHandler = _refuse_entity  # what an unread document type would have said
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        raise PubmedXmlError(f"the XML is damaged or cut off ({expat.errors.messages[error.code]})") from None
    root = builder.close()
    if root.tag != "PubmedArticleSet":
        told = f": {_text(root)[:200]}" if _text(root) else ""
        raise PubmedXmlError(f"expected PubmedArticleSet, got {root.tag}{told}")
    return root


def records_in(found: Element, source: str) -> Iterator[SourceRecord]:
    """Yield every article and book chapter of a set; those of other kinds do not exist.

    Raises:
        PubmedXmlError: a document without its PubMed id.
    """
    for document in found:
        if document.tag == "PubmedArticle":
            yield source_record(_article(document), NAMES, source, "")
        elif document.tag == "PubmedBookArticle":
            yield replace(source_record(_chapter(document), NAMES, source, ""), kind=RecordKind.OTHER)


def deleted_in(found: Element) -> frozenset[str]:
    """Return the PubMed ids that a set says were deleted."""
    return frozenset(_text(one) for one in found.findall("DeleteCitation/PMID"))


def _check_document_type(name: str, _: str | None, __: str | None, has_declarations: bool) -> None:
    if has_declarations:
        raise PubmedXmlError(f"the document type {name} has declarations of its own")


def _refuse_entity(name: str, *_: object) -> None:
    raise PubmedXmlError(f"the XML uses the entity {name}")


def _article(document: Element) -> Fields:
    article = _at(document, "MedlineCitation/Article")
    journal = _at(article, "Journal")
    fields = _fields(document, article, _pmid(document, "MedlineCitation/PMID"))
    venues = [*_texts(journal, "Title", "ISOAbbreviation"), *_texts(document, "MedlineCitation/*/MedlineTA")]
    fields.values |= {
        "dates": [_date(one) for one in (*journal.findall("JournalIssue/PubDate"), *article.findall("ArticleDate"))],
        "venue": venues[:1],
        "volume": _texts(journal, "JournalIssue/Volume"),
        "issue": _texts(journal, "JournalIssue/Issue"),
        "doi": _dois(article, document.findall("PubmedData/ArticleIdList/ArticleId")),
        "pmcid": _ids(document.findall("PubmedData/ArticleIdList/ArticleId"), "pmc"),
        "types": [*_texts(article, "PublicationTypeList/PublicationType"), *(["journal"] if venues else [])],
    }
    return fields


def _chapter(document: Element) -> Fields:
    chapter = _at(document, "BookDocument")
    book = _at(chapter, "Book")
    fields = _fields(document, chapter, _pmid(document, "BookDocument/PMID"))
    title = fields.values["title"] or _texts(book, "BookTitle")
    fields.values |= {
        "title": title,
        "dates": [_date(one) for one in (*chapter.findall("ContributionDate"), *book.findall("PubDate"))],
        "venue": _texts(book, "BookTitle"),
        "volume": _texts(book, "Volume"),
        "doi": _dois(chapter, chapter.findall("ArticleIdList/ArticleId")),
        "pmcid": _ids(chapter.findall("ArticleIdList/ArticleId"), "pmc"),
        "types": _texts(chapter, "PublicationType"),
    }
    return fields


def _fields(document: Element, article: Element, pmid: str) -> Fields:
    """Return what an article and a chapter have in common."""
    relations = document.findall("MedlineCitation/CommentsCorrectionsList/CommentsCorrections")
    abstract = " ".join(map(_paragraph, article.findall("Abstract/AbstractText")))
    trials = registrations_in([*_texts(article, "DataBankList/DataBank/AccessionNumberList/AccessionNumber"), abstract])
    values = {
        "title": _texts(article, "ArticleTitle", "VernacularTitle"),
        "authors": [name for one in article.findall("AuthorList") for name in _names(one)],
        "first_page": _texts(article, "Pagination/StartPage"),
        "last_page": _texts(article, "Pagination/EndPage"),
        "pages": _texts(article, "Pagination/MedlinePgn"),
        "pmid": [pmid],
        "url": [identifiers.address("pmid", pmid) or ""],
        "abstract": [abstract],
        "language": _texts(article, "Language"),
        "linked": [*trials, *(told for one in relations if one.get("RefType") in LINKS for told in _relation(one))],
        "accession": [pmid],
        "withdrawn": [one.get("RefType", "") for one in relations if one.get("RefType") in RETRACTED],
    }
    if values["pages"]:  # the citation's own short form, such as 132-42, as in PubMed's other formats
        values |= {"first_page": [], "last_page": []}
    return Fields(0, values)


def _pmid(document: Element, path: str) -> str:
    pmid = normalise_pmid(_text(_at(document, path)))
    if not pmid:
        raise PubmedXmlError(f"a {document.tag} without its PubMed id")
    return pmid


def _names(authors: Element) -> Iterator[str]:
    """Yield `Family, Given` for each person and the name of each group; names that were replaced are left away."""
    for author in authors.findall("Author") if authors.get("Type") != "editors" else ():
        family = _text(_at(author, "LastName"))
        given = " ".join(_texts(author, "ForeName", "Initials")[:1] + _texts(author, "Suffix"))
        if author.get("ValidYN") != "N":
            yield (f"{family}, {given}" if given else family) or _text(_at(author, "CollectiveName"))


def _relation(relation: Element) -> Iterator[str]:
    yield _text(_at(relation, "RefSource"))
    pmid = _text(_at(relation, "PMID"))
    if pmid:
        yield f"PMID:{pmid}"


def _paragraph(part: Element) -> str:
    label = part.get("Label", "")
    return f"{label}: {_text(part)}" if label and label != "UNLABELLED" else _text(part)


def _date(date: Element) -> str:
    """Return a date as PubMed gives its parts: 2019-02-04, 2008 Feb, 2008 Jan-Feb."""
    parts = _texts(date, "Year", "Month", "Day")
    if not parts:
        return _text(_at(date, "MedlineDate"))
    return ("-" if all(part.isdigit() for part in parts) else " ").join(parts)


def _dois(article: Element, ids: list[Element]) -> list[str]:
    places = (
        one for one in article.findall("ELocationID") if one.get("EIdType") == "doi" and one.get("ValidYN") != "N"
    )
    return [*map(_text, places), *_ids(ids, "doi")]


def _ids(ids: list[Element], kind: str) -> list[str]:
    return [_text(one) for one in ids if one.get("IdType") == kind]


def _texts(within: Element, *paths: str) -> list[str]:
    found = (_text(one) for path in paths for one in within.findall(path))
    return [text for text in found if text]


def _text(element: Element) -> str:
    """Return all text inside, without the type faces around parts of it."""
    return one_line("".join(element.itertext()))


def _at(within: Element, path: str) -> Element:
    """Return the first element at a path; an empty one where there is none."""
    found = within.find(path)
    return Element("none") if found is None else found
