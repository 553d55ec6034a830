"""Writing text into pages: escaping, links between pages, badges, and tables as real HTML.

Everything that comes from a record passes `escape`, whose result is safe in Markdown, in HTML, in an attribute and in
SVG alike: every character with a meaning in any of them becomes a numeric character reference. Knows no record.
"""

import posixpath
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial

from markupsafe import Markup

from generator.wording.table import NOT_REPORTED, Block, Cell, Cells, Column, Link, Row, Table
from generator.wording.unbroken import TABLE, unbroken

_SPECIAL = {ord(character): f"&#{ord(character)};" for character in "\\`*_{}[]<>#+!|&~\"'^$="}
_SPECIAL |= dict.fromkeys(range(32), " ") | dict.fromkeys(range(127, 160), "�")
_SPECIAL |= dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], "�")  # they would turn our own words too
_FEW_COLUMNS, _MANY_COLUMNS, _MANY_ROWS = 3, 6, 20
"""A table of few columns fits a phone as it is; one of many columns, or rows, scrolls in its own region."""
_NUMBER = ' class="lr-number"'
_LIST_START = re.compile(r"\d+[.)](?=\s|$)|[-:]")


def escape(value: object) -> Markup:
    """Return `value` as text that shows as typed wherever it is put; what is already markup stays as it is."""
    if isinstance(value, Markup):
        return value
    return _escape_text(str(value))


@lru_cache(maxsize=8192)  # labels, statuses and addresses recur on every row
def _escape_text(raw: str) -> Markup:
    text = " ".join(raw.translate(_SPECIAL).split())
    if _LIST_START.match(text):  # at the start of a line it would begin a list
        text = f"&#{ord(text[0])};{text[1:]}"
    return Markup(text)  # noqa: S704 - nothing in it has a meaning any more


def html(text: str) -> Markup:
    """Mark markup made by this project as such."""
    return Markup(text)  # noqa: S704 - callers escape what comes from records


def address(page: str, link: Link) -> str:
    """Return the address of `link` as seen from `page`; both are Markdown paths such as `studies/wilson-2024.md`."""
    if link.url:
        return link.url
    anchor = f"#{link.anchor}" if link.anchor else ""
    if not link.page or link.page == page:
        return anchor or "#"
    return _relative(page.rpartition("/")[0] or ".", link.page) + anchor


@lru_cache(maxsize=8192)
def _relative(folder: str, page: str) -> str:
    seen = page if folder == "." else posixpath.relpath(page, folder)
    return re.sub(r"\.md$", ".html", seen)


def anchor_tag(page: str, link: Link, text: object, classes: str = "") -> Markup:
    """Return an `<a>` element that leads from `page` to `link`."""
    extra = f' class="{classes}"' if classes else ""
    outside = ' rel="noopener"' if link.url else ""
    return html(f'<a href="{escape(address(page, link))}"{extra}{outside}>{escape(text)}</a>')


def source_marks(page: str, cell: Cell) -> Markup:
    """Return one small link per quote that a value rests on; none stands alone at the start of a line."""
    return html("".join([_source_mark(address(page, link), link.anchor) for link in cell.sources]))


@lru_cache(maxsize=8192)
def _source_mark(href: str, anchor: str) -> str:
    key = escape(anchor.removeprefix("quote-"))
    title = f"The words this comes from: {key}"
    return f'\N{NO-BREAK SPACE}<a class="lr-source" href="{escape(href)}" title="{title}">{key}</a>'


@lru_cache(maxsize=1024, typed=True)  # typed: what is markup already stays as it is
def badge(text: object, kind: str = "note") -> Markup:
    """Return a short remark in a frame; `kind` chooses its colour: note, warning or good."""
    return html(f'<span class="lr-badge lr-badge--{kind}">{escape(text)}</span>')


def file_name(name: str) -> Markup:
    """Return the name of a file that may go on in the next line behind a slash, dot or hyphen, and nowhere else."""
    parts = re.findall(r"[^/.-]*[/.-]?", name)
    return html(f'<span class="lr-file">{"<wbr>".join(escape(part) for part in parts if part)}</span>')


@lru_cache(maxsize=16)
def circles(signs: str) -> Markup:
    """Return a row of circles, with a plus for each `⊕` of `signs` and empty for the others.

    They are drawn, because fonts give the two signs different sizes. The signs themselves stay for whoever copies or
    reads the text; what they say must stand beside them in words, since nothing of this is read aloud.
    """
    drawn = "".join(
        f"M{16 * place + 1.5} 8a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0z" + ("h13m-6.5-6.5v13" if sign == "⊕" else "")
        for place, sign in enumerate(signs)
    )
    width = 16 * len(signs)
    return html(
        f'<span class="lr-circles" aria-hidden="true"><svg viewBox="0 0 {width} 16" width="{width}" height="16"'
        f' fill="none" stroke="currentColor" stroke-width="1.7"><path d="{drawn}"/></svg><span>{signs}</span></span>'
    )


def cell_content(page: str, cells: Cells) -> Markup:
    """Return what stands inside a table cell: one value, or several as a list."""
    if isinstance(cells, Cell):
        return _value(page, cells)
    if len(cells) == 1:
        return _value(page, cells[0])
    if not cells:
        return html(f'<span class="lr-missing">{NOT_REPORTED}</span>')
    return html("<ul>" + "".join(f"<li>{_value(page, cell)}</li>" for cell in cells) + "</ul>")


def _folded(page: str, cells: Cells, noun: str) -> Markup:
    """Return what stands inside a cell behind a line that says how many values it has; what is missing stands open."""
    many = (cells,) if isinstance(cells, Cell) else cells
    if not noun or not many or any(one.missing for one in many):
        return cell_content(page, cells)
    told = f"{len(many)} {noun}{'s' if len(many) > 1 else ''}"
    return html(f"<details><summary>{escape(told)}</summary>{cell_content(page, cells)}</details>")


def _value(page: str, cell: Cell) -> Markup:
    text: str = cell.markup if cell.markup is not None else escape(cell.text)
    if cell.missing:
        text = f'<span class="lr-missing">{text}</span>'
    if cell.link:
        text = f'<a href="{escape(address(page, cell.link))}">{text}</a>'
    if cell.sources:
        text = f"{text}{source_marks(page, cell)}"
    if cell.badges:
        text = f"{text}{''.join([f' {badge(remark)}' for remark in cell.badges])}"
    if cell.note:
        text = f'{text}<br><small class="lr-note">{escape(cell.note)}</small>'
    return html(text)


def facts(page: str, pairs: Iterable[tuple[object, Cells]]) -> Markup:
    """Return labels, each with what stands beside it, as an HTML list of terms on lines of its own."""
    lines = [f"<div><dt>{escape(name)}</dt><dd>{cell_content(page, cells)}</dd></div>\n" for name, cells in pairs]
    return html(f'<dl class="lr-facts">\n{"".join(lines)}</dl>\n')


def table(page: str, content: Table, *, named: bool = False) -> Markup:
    """Return an HTML table with caption and header cells, on lines of its own; a sentence where it has no rows.

    `named` where the heading above says what the caption does: then no screen shows both.
    """
    if not content.rows:
        return html(f'\n<p class="lr-empty" id="table-{content.id}">{escape(content.empty)}</p>\n')
    shown = content.shown_columns
    heads = " ".join(
        f'<th scope="col" data-key="{column.key}"{_flag("data-facet", column.facet)}'
        f"{_flag('data-number', column.number)}>{escape(column.label)}</th>"
        for column in shown
    )
    starts = [f'<td data-label="{escape(column.label)}"{_NUMBER if column.number else ""}' for column in shown]
    starts[:1] = ['<th scope="row"']
    name = " ".join(["html", page, *(column.key for column in shown)])
    rows = "".join(
        [block.text(name, partial(_rows, page, shown, starts, block)) for block in content.blocks],
    )
    note = f'<p class="lr-table-note">{escape(content.note)}</p>\n' if content.note else ""
    label = f"Table: {escape(content.caption)}"
    top = f"<caption>{escape(content.caption)}</caption>\n<thead><tr>{heads}</tr></thead>"
    return html(
        f'\n<div class="{_table_classes(content, named=named)}" role="region" aria-label="{label}" tabindex="0">\n'
        f'{TABLE} id="table-{content.id}" data-table="{content.id}">\n'
        f"{unbroken(top)}\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n{note}"
    )


def _table_classes(content: Table, *, named: bool) -> str:
    """Return the classes that say how a table is laid out: see `docs/assets/tables.css`."""
    n_columns = len(content.shown_columns)
    room = " lr-table--wide" if n_columns > _MANY_COLUMNS else " lr-table--narrow" if n_columns <= _FEW_COLUMNS else ""
    long = " lr-table--long" if len(content.rows) > _MANY_ROWS else ""
    return f"lr-table{room}{long}" + (" lr-table--named" if named else "")


def _flag(name: str, present: bool) -> str:
    return f" {name}" if present else ""


def _rows(page: str, columns: Sequence[Column], starts: Sequence[str], block: Block) -> str:
    """Return rows; `starts` are how the element of each column begins, the first being the head of the row."""
    return unbroken("".join([_row(page, columns, starts, row) for row in block.rows]))


def _row(page: str, columns: Iterable[Column], starts: Iterable[str], row: Row) -> str:
    parts = []
    for column, start in zip(columns, starts, strict=True):
        cells = row[column.key]
        key = cells.sort_key if isinstance(cells, Cell) else None
        sort = "" if key is None else f' data-sort="{escape(key)}"'
        parts.append(f"{start}{sort}>{_folded(page, cells, column.folded)}</{start[1:3]}>")
    return f"<tr>{' '.join(parts)}</tr>\n"  # a blank, or the search would take two cells for one word


def join(parts: Iterable[object], separator: str = ", ") -> Markup:
    """Return escaped parts with a separator between them."""
    return html(separator.join(escape(part) for part in parts))


def with_code(text: str) -> Markup:
    """Return our own words, of which those between backticks are shown as code."""
    parts = enumerate(" ".join(text.split()).split("`"))
    return html("".join(f"<code>{_with_blanks(part)}</code>" if n % 2 else _with_blanks(part) for n, part in parts))


def _with_blanks(text: str) -> str:
    """Return text escaped, with the blanks at its ends, which stand beside code."""
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{escape(text)}{after}" if text.strip() else text


def verbatim(text: str) -> Markup:
    """Return text for `<pre>`, exactly as it is: blanks and line ends kept, and no sign with a meaning left."""
    return html("".join(one if one.isalnum() or one in " ,." else f"&#{ord(one)};" for one in text))
