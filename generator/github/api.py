"""GitHub's REST interface, in the few calls that a night needs. Decides nothing.

Reading is repeated when the service stumbles. Writing is asked once: a comment must not come twice, and what failed is
found and repaired by the next night.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generator.surveillance.asking.jsonreading import dig, objects, text, texts
from generator.surveillance.asking.web import Reply, Request, SourceError, UnreadableReplyError, Web

DEFAULT_ADDRESS = "https://api.github.com"
_ANSWERS = frozenset({200, 201, 204})
_REFUSALS = {
    401: "the token is wrong or has expired",
    403: "the token may not do this, or GitHub asks for a pause",
    404: "there is none, or the token may not see it",
    409: "it conflicts with what is there",
    410: "this is switched off in the repository",
    422: "GitHub does not accept it",
}
_PER_PAGE, _MOST_PAGES = 100, 50


class GithubError(Exception):
    """GitHub refused or did not answer; the text says what happened."""


@dataclass(frozen=True)
class PullRequest:
    """A pull request as far as a night looks at it."""

    number: int
    branch: str
    own: bool
    """True when the branch is in this repository, not in a fork."""
    open: bool
    merged: bool
    author: str
    title: str
    text: str
    commit: str = ""
    """Its last commit."""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Issue:
    """An issue."""

    number: int
    open: bool
    text: str
    title: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Said:
    """A comment or a review."""

    author: str
    by_program: bool
    """True when an app wrote it, such as the one that runs workflows."""
    text: str
    number: int = 0
    """Of a comment, by which it can be rewritten."""


class Api:
    """One repository on GitHub. Every call raises `GithubError` when it is refused or not answered."""

    def __init__(self, repository: str, token: str, web: Web, address: str = "") -> None:
        self.repository = repository
        self._address = f"{(address or DEFAULT_ADDRESS).rstrip('/')}/repos/{repository}"
        self._headers = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
        self._headers |= {"Authorization": f"Bearer {token}"} if token else {}
        self._reading, self._writing = web, replace(web, attempts=1)

    def main_branch(self) -> str:
        """Return the name of the branch that is published."""
        return text(self._object("GET", ""), "default_branch") or "main"

    def pulls(self, state: str) -> list[PullRequest]:
        """Return the pull requests that are `open` or `closed`, newest first."""
        found = self._pages("/pulls", {"state": state, "sort": "created", "direction": "desc"})
        return [self._pull(one) for one in found]

    def pull(self, number: int) -> PullRequest:
        """Return a pull request as it is now."""
        return self._pull(self._object("GET", f"/pulls/{number}"))

    def said(self, number: int) -> list[Said]:
        """Return the comments on a pull request or an issue, first ones first."""
        return [_said(one) for one in self._pages(f"/issues/{number}/comments")]

    def reviewed(self, number: int) -> list[Said]:
        """Return the reviews of a pull request and what was said on its lines."""
        return [_said(one) for part in ("reviews", "comments") for one in self._pages(f"/pulls/{number}/{part}")]

    def open_pull(self, branch: str, main: str, title: str, body: str) -> int:
        """Open a pull request and return its number."""
        told = {"head": branch, "base": main, "title": title, "body": body, "maintainer_can_modify": True}
        return _number(self._object("POST", "/pulls", told))

    def change_text(self, number: int, body: str) -> None:
        """Replace the text of a pull request."""
        self._object("PATCH", f"/pulls/{number}", {"body": body})

    def close_pull(self, number: int) -> None:
        """Close a pull request without merging it."""
        self._object("PATCH", f"/pulls/{number}", {"state": "closed"})

    def add_label(self, number: int, label: str) -> None:
        """Put a label on a pull request or an issue."""
        self._ask("POST", f"/issues/{number}/labels", {"labels": [label]})

    def was_labelled(self, number: int, label: str) -> bool:
        """Return whether a pull request or an issue has ever had a label, also where it was taken off since."""
        found = self._pages(f"/issues/{number}/events")
        return any(text(one, "event") == "labeled" and text(one, "label", "name") == label for one in found)

    def issues(self, label: str) -> list[Issue]:
        """Return the issues with a label, open and closed, newest first."""
        found = self._pages("/issues", {"state": "all", "labels": label})
        kept = [one for one in found if "pull_request" not in one and label in _labels(one)]
        return [_issue(one) for one in kept]

    def issue(self, number: int) -> Issue:
        """Return an issue as it is now."""
        return _issue(self._object("GET", f"/issues/{number}"))

    def open_issue(self, title: str, body: str, label: str) -> int:
        """Open an issue and return its number."""
        return _number(self._object("POST", "/issues", {"title": title, "body": body, "labels": [label]}))

    def comment(self, number: int, body: str) -> None:
        """Say something on a pull request or an issue."""
        self._object("POST", f"/issues/{number}/comments", {"body": body})

    def rewrite_comment(self, number: int, body: str) -> None:
        """Replace the text of a comment, given by its own number."""
        self._object("PATCH", f"/issues/comments/{number}", {"body": body})

    def close_issue(self, number: int) -> None:
        """Close an issue."""
        self._object("PATCH", f"/issues/{number}", {"state": "closed"})

    def enable_workflow(self, file: str) -> None:
        """Enable a workflow, given by the name of its file.

        GitHub disables scheduled workflows of a public repository after 60 days without activity. It is not documented
        whether commits on other branches, or enabling what is enabled, begin the 60 days anew; both are done.
        """
        self._ask("PUT", f"/actions/workflows/{file}/enable", {})

    def _pull(self, found: Mapping[str, object]) -> PullRequest:
        return PullRequest(
            number=_number(found),
            branch=text(found, "head", "ref"),
            own=text(found, "head", "repo", "full_name").lower() == self.repository.lower(),
            open=text(found, "state") == "open",
            merged=bool(found.get("merged_at")),
            author=text(found, "user", "login"),
            title=text(found, "title"),
            text=text(found, "body"),
            commit=text(found, "head", "sha"),
            labels=_labels(found),
        )

    def _pages(self, path: str, params: Mapping[str, str] | None = None) -> Iterator[Mapping[str, object]]:
        for page in range(1, _MOST_PAGES + 1):
            asked = {**(params or {}), "per_page": str(_PER_PAGE), "page": str(page)}
            found = self._ask("GET", path, params=asked)
            if not isinstance(found, list):
                raise GithubError(f"GitHub sent something else than a list for {path}")
            yield from (one for one in found if isinstance(one, dict))
            if len(found) < _PER_PAGE:
                return
        raise GithubError(f"GitHub lists more than {_MOST_PAGES * _PER_PAGE} for {path}")

    def _object(self, method: str, path: str, body: object = None) -> Mapping[str, object]:
        found = self._ask(method, path, body)
        if not isinstance(found, dict):
            raise GithubError(f"GitHub sent something else than an object for {path}")
        return found

    def _ask(self, method: str, path: str, body: object = None, params: Mapping[str, str] | None = None) -> object:
        request = Request(
            self._address + path,
            params=params or {},
            headers=self._headers,
            body=body,
            method=method,
            accept=_ANSWERS | _REFUSALS.keys(),
            at_most_per_second=10.0 if method == "GET" else 1.0,  # GitHub asks for a second between writes
        )
        web = self._reading if method == "GET" else self._writing
        try:
            reply, found = web.ask(request, _read)
        except SourceError as error:
            raise GithubError(f"GitHub did not answer: {error}") from None
        if reply.status in _REFUSALS:
            raise GithubError(
                f"{method} {path or '/'}: {_REFUSALS[reply.status]} (status {reply.status}{_reasons(found)})"
            )
        return found


def _read(reply: Reply) -> tuple[Reply, object]:
    """Return the reply with what it says; a refusal may say nothing that can be read."""
    try:
        return reply, reply.json() if reply.body else None
    except UnreadableReplyError:
        if reply.status in _REFUSALS:
            return reply, None
        raise


def _reasons(found: object) -> str:
    said = found if isinstance(found, dict) else {}
    parts = [text(said, "message"), *(text(one, "message") for one in objects(said, "errors")), *texts(said, "errors")]
    told = "; ".join(part for part in parts if part)[:300]
    return f": {told}" if told else ""


def _number(found: Mapping[str, object]) -> int:
    number = found.get("number")
    if not isinstance(number, int):
        raise GithubError("GitHub sent no number")
    return number


def _issue(found: Mapping[str, object]) -> Issue:
    state, body, title = (text(found, name) for name in ("state", "body", "title"))
    return Issue(_number(found), state == "open", body, title, _labels(found))


def _labels(found: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(text(one, "name") for one in objects(found, "labels"))


def _said(found: Mapping[str, object]) -> Said:
    user, number = dig(found, "user"), found.get("id")
    by_program = text(user, "type") == "Bot"
    return Said(text(user, "login"), by_program, text(found, "body"), number if isinstance(number, int) else 0)
