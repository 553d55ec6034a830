"""What a page of the site is: a path, a title and Markdown. The pages themselves are in `generator.site.pages`."""

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """One Markdown page."""

    path: str
    """Path below the written folder, such as `studies/wilson-2024.md`."""
    title: str
    """Plain text made by the project (an id, a heading), never a title from a record: themes print it unescaped."""
    body: str
    """Markdown with HTML blocks."""
    description: str = ""
    """A sentence made by the project for search engines and previews; plain text."""
    searchable: bool = True
    boost: int = 1
    """How many times more its words count in the search of the site than those of another page."""
    head: str = ""
    """What the page says of itself to machines, as HTML in ASCII (`generator.site.metadata`); the theme prints it."""

    @property
    def text(self) -> str:
        """The page as it is written, with its front matter."""
        front = [f"title: {json.dumps(self.title)}"]
        if self.description:
            front.append(f"description: {json.dumps(self.description)}")
        if self.head:
            front.append(f"head: {json.dumps(self.head)}")
        if not self.searchable:
            front.append("search:\n  exclude: true")
        elif self.boost != 1:
            front.append(f"search:\n  boost: {self.boost}")
        return "---\n" + "\n".join(front) + "\n---\n\n" + self.body.strip() + "\n"
