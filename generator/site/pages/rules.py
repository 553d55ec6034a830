"""The rules: what must hold between fields and files, in the words of each rule's own docstring."""

import inspect
import itertools
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from generator.records.rules import RULES, Rule, name_of
from generator.review import Review
from generator.site.page import Page
from generator.site.pieces import made_of
from generator.wording.markdown import with_code
from generator.wording.templates import render

PATH = "rules.md"


@dataclass(frozen=True)
class PrintedRule:
    """A rule as readers meet it."""

    name: str
    title: str
    what: str
    """Markup, as is `why`."""
    why: str


def pages(review: Review) -> Iterator[Page]:
    """Yield the page of rules; it is the same for every review."""
    body = made_of(review, (), PATH, _body)
    yield Page(PATH, "Rules", body, "What must hold between the fields and files of the records.")


def _body() -> str:
    by_module = itertools.groupby(RULES, lambda rule: rule.__module__)
    groups = [(_heading(module), [_printed(rule) for rule in rules]) for module, rules in by_module]
    return render("site/pages/rules.md.j2", PATH, groups=groups, n_rules=len(RULES))


def _heading(module: str) -> str:
    """Return what a module's rules are about: the beginning of its docstring, `Rules about arms and …`."""
    first = (inspect.getdoc(sys.modules[module]) or module).split("\n\n")[0]
    sentence = " ".join(first.split()).split(": ")[0].removesuffix(".")
    sentence = sentence.removeprefix("Rules about ").replace(", and about ", ", and ")
    return sentence[:1].upper() + sentence[1:]


def _printed(rule: Rule) -> PrintedRule:
    name = name_of(rule)
    what, _, why = (inspect.getdoc(rule) or "").partition("\n\n")
    title = name.replace("-", " ")
    return PrintedRule(name, title[:1].upper() + title[1:], with_code(what), with_code(why))
