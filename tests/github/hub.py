"""A made-up GitHub on this machine: the REST calls a night makes, over a bare repository, with what people do there.

Its published branch is protected, no push may be forced, and no branch may be deleted by a push. It checks what it is
asked as the real one does (token, existing branches, one pull request for each branch); rights of the token are only
simulated by the faults a test sets.
"""

import io
import itertools
import json
import os
import re
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from tests.surveillance.sources.server import Sent, Server, as_json

REPOSITORY, TOKEN, BOT = "made-up/tea", "made-up-token", "made-up-bot[bot]"
_HOOK = """#!/bin/sh
[ -n "$AS_GITHUB" ] && exit 0
echo "$1" >> pushed.log
grep -qx "$1" refused 2>/dev/null && { echo "made-up: $1 is protected" >&2; exit 1; }
exit 0
"""
_PERSON = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Made-up Pat"), ("EMAIL", "pat@example.org"))
}


def git(folder: Path, *arguments: str, **environment: str) -> str:
    ran = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **_PERSON, "GIT_CONFIG_GLOBAL": os.devnull, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, f"git {' '.join(arguments)}: {ran.stderr}"
    return ran.stdout.strip()


@dataclass
class Thread:
    """A pull request or an issue."""

    number: int
    title: str
    body: str
    author: str = BOT
    branch: str = ""
    """Empty for an issue."""
    commit: str = ""
    """The last commit of a pull request."""
    fork: bool = False
    open: bool = True
    merged: bool = False
    labels: list[str] = field(default_factory=list)
    events: list[tuple[str, str]] = field(default_factory=list)
    """What happened, and to which label."""
    comments: list[tuple[str, str]] = field(default_factory=list)
    """Who, and what."""
    reviews: list[tuple[str, str]] = field(default_factory=list)


class _Server(Server):
    def _handler(self) -> type[BaseHTTPRequestHandler]:
        handler: Any = super()._handler()
        handler.do_PATCH = handler.do_PUT = handler.do_GET
        found: type[BaseHTTPRequestHandler] = handler
        return found


class Hub:
    """The made-up GitHub. `faults` gives a status for each request to come, 0 for a right answer."""

    def __init__(self, folder: Path, review: Path) -> None:
        self.folder, self.origin = folder, folder / "origin.git"
        git(review, "init", "--quiet", "--initial-branch=main", "--template=")
        git(review, "add", "--all")
        git(review, "commit", "--quiet", "--message=A made-up review")
        git(folder, "clone", "--quiet", "--bare", "--template=", str(review), str(self.origin))
        git(self.origin, "config", "receive.denyNonFastForwards", "true")
        git(self.origin, "config", "receive.denyDeletes", "true")
        hook = self.origin / "hooks" / "update"
        hook.parent.mkdir()
        hook.write_text(_HOOK)
        hook.chmod(0o755)
        self.protect("main")
        self.threads: list[Thread] = []
        self.enabled: list[str] = []
        self.faults: Iterator[int] = iter(())
        self.fault_at: dict[tuple[str, str], int] = {}
        """Status for requests by method and the end of their path, for as long as it stands here."""
        self.faults_at: dict[tuple[str, str], Iterator[int]] = {}
        """As `faults`, for the requests of one method and end of the path alone: lets a given one of them fail."""
        self.token = TOKEN
        self.asked: list[tuple[str, str]] = []
        self.writes: list[tuple[str, str]] = []
        """Those of them that were answered and may have changed something."""
        self._clones = 0

    def serve(self) -> Server:
        return _Server({"/": self._answer})

    # What people and GitHub do

    def protect(self, *branches: str) -> None:
        """Refuse pushes of programs to these branches only."""
        (self.origin / "refused").write_text("".join(f"refs/heads/{branch}\n" for branch in branches))

    def clone(self) -> Path:
        self._clones += 1
        folder = self.folder / f"clone-{self._clones}"
        git(self.folder, "clone", "--quiet", "--template=", str(self.origin), str(folder))
        return folder

    def edit(self, branch: str, files: Mapping[str, str | None], message: str = "A made-up edit") -> str:
        """Let a person write or delete (None) files on a branch; return the commit."""
        clone = self.clone()
        git(clone, "checkout", "--quiet", branch)
        for path, text in files.items():
            if text is None:
                (clone / path).unlink()
            else:
                (clone / path).parent.mkdir(parents=True, exist_ok=True)
                (clone / path).write_text(text, encoding="utf-8")
        git(clone, "add", "--all")
        git(clone, "commit", "--quiet", "-m", message)
        git(clone, "push", "--quiet", "origin", f"HEAD:refs/heads/{branch}", AS_GITHUB="1")
        return git(clone, "rev-parse", "HEAD")

    def merge(self, number: int) -> None:
        """Merge a pull request; fails where git would show a conflict."""
        thread, clone = self.thread(number), self.clone()
        git(clone, "merge", "--quiet", "--no-ff", "-m", f"Merge {number}", f"origin/{thread.branch}")
        git(clone, "push", "--quiet", "origin", "HEAD:refs/heads/main", AS_GITHUB="1")
        self.sync()
        thread.open, thread.merged = False, True

    def close(self, number: int, *, delete_branch: bool = False) -> None:
        self.sync()
        self.thread(number).open = False
        if delete_branch:
            git(self.origin, "update-ref", "-d", f"refs/heads/{self.thread(number).branch}")

    def sync(self) -> None:
        """Let the reference of every open pull request follow its branch."""
        following = [one for one in self.threads if one.branch and one.open and not one.fork]
        last = self._references() if following else {}
        for thread in following:
            reference, thread.commit = f"refs/pull/{thread.number}/head", last[f"refs/heads/{thread.branch}"]
            if last.get(reference) != thread.commit:
                git(self.origin, "update-ref", reference, thread.commit)

    def _references(self) -> dict[str, str]:
        lines = git(self.origin, "for-each-ref", "--format=%(refname) %(objectname)", "refs/heads", "refs/pull")
        return dict(line.split(" ") for line in lines.splitlines())

    # What a test looks at

    def thread(self, number: int) -> Thread:
        return self.threads[number - 1]

    def pulls(self) -> list[Thread]:
        return [one for one in self.threads if one.branch]

    def open_pulls(self) -> list[int]:
        return [one.number for one in self.pulls() if one.open]

    def issues(self) -> list[Thread]:
        return [one for one in self.threads if not one.branch]

    def branches(self) -> list[str]:
        return git(self.origin, "for-each-ref", "--format=%(refname:short)", "refs/heads").splitlines()

    def files(self, commit: str, folder: str = "studies") -> list[str]:
        return git(self.origin, "ls-tree", "-r", "--name-only", commit, "--", f"{folder}/").splitlines()

    def all_files(self, commit: str) -> list[str]:
        return git(self.origin, "ls-tree", "-r", "--name-only", commit).splitlines()

    def tips(self) -> dict[str, str]:
        heads = "refs/heads/"
        found = self._references().items()
        return {name.removeprefix(heads): commit for name, commit in found if name.startswith(heads)}

    def read(self, commit: str, path: str) -> str:
        return git(self.origin, "show", f"{commit}:{path}") + "\n"

    def texts(self, commit: str, folder: str) -> dict[str, str]:
        """Return what each file of a folder says, read by one program."""
        packed = subprocess.run(
            ["git", "archive", "--format=tar", commit, folder], cwd=self.origin, capture_output=True, check=True
        )
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as files:
            found = {one.name: files.extractfile(one) for one in files}
            return {path: content.read().decode() for path, content in found.items() if content}

    def pushed_to(self, branch: str) -> int:
        log = self.origin / "pushed.log"
        lines = log.read_text().splitlines() if log.exists() else []
        return lines.count(f"refs/heads/{branch}")

    # What the interface answers

    def _answer(
        self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Sent:
        self.asked.append((method, path.removeprefix(f"/repos/{REPOSITORY}")))
        status = next(self.faults, 0) or self._fault_at(method, path)
        if not status and headers.get("authorization") != f"Bearer {self.token}":
            status = 401
        if status:
            return as_json({"message": "a made-up fault @nobody"}, status)
        base = f"/repos/{REPOSITORY}"
        if path == base:
            return as_json({"default_branch": "main"})
        if not path.startswith(f"{base}/"):
            return as_json({"message": "Not Found"}, 404)
        self.sync()
        told = json.loads(body) if body else {}
        if len(told.get("body", "")) > 65_536:
            return as_json({"message": "body is too long"}, 422)
        if method != "GET":
            self.writes.append((method, path.removeprefix(base)))
        return self._route(method, path.removeprefix(base), query, told)

    def _fault_at(self, method: str, path: str) -> int:
        lasting = {asked: itertools.repeat(status) for asked, status in self.fault_at.items()}
        faults = (lasting | self.faults_at).items()
        return next((next(found, 0) for (verb, end), found in faults if verb == method and path.endswith(end)), 0)

    def _route(self, method: str, path: str, query: Mapping[str, str], told: Mapping[str, Any]) -> Sent:
        parts = path.strip("/").split("/")
        if parts[0] == "actions" and method == "PUT":
            self.enabled.append(parts[2])
            return 204, {}, ""
        if len(parts) == 1:
            return self._open(parts[0], told) if method == "POST" else self._list(parts[0], query)
        if parts[:2] == ["issues", "comments"]:
            return self._rewrite(int(parts[2]), told["body"])
        thread = self.thread(int(parts[1]))
        if len(parts) == 2 and method == "PATCH":
            thread.body = told.get("body", thread.body)
            thread.open = told.get("state", "open") == "open"
        if len(parts) == 2:
            return as_json(_shown(thread))
        if method == "POST":
            return _add(thread, parts[2], told)
        said = {"reviews": thread.reviews, "comments": thread.comments if parts[0] == "issues" else []}
        shown = [_said(1000 * thread.number + place, *one) for place, one in enumerate(said.get(parts[2], []))]
        events = [{"event": what, "label": {"name": name}} for what, name in thread.events]
        return _page(events if parts[2] == "events" else shown, query)

    def _rewrite(self, number: int, body: str) -> Sent:
        comments, place = self.thread(number // 1000).comments, number % 1000
        comments[place] = comments[place][0], body
        return as_json({"id": number})

    def _open(self, kind: str, told: Mapping[str, Any]) -> Sent:
        branch = told.get("head", "")
        is_open = any(one.open and one.branch == branch for one in self.threads)
        if kind == "pulls" and (is_open or branch not in self.branches()):
            return as_json({"message": "Validation Failed", "errors": [{"message": "made-up: no such head"}]}, 422)
        thread = Thread(
            len(self.threads) + 1, told["title"], told["body"], branch=branch, labels=told.get("labels", [])
        )
        self.threads.append(thread)
        self.sync()
        return as_json(_shown(thread), 201)

    def _list(self, kind: str, query: Mapping[str, str]) -> Sent:
        found = [one for one in self.threads if bool(one.branch) or kind == "issues"]
        state, label = query.get("state", "open"), query.get("labels", "")
        found = [one for one in found if state == "all" or one.open is (state == "open")]
        return _page([_shown(one) for one in reversed(found) if not label or label in one.labels], query)


def _add(thread: Thread, what: str, told: Mapping[str, Any]) -> Sent:
    if what == "labels":
        thread.labels += told["labels"]
        thread.events += [("labeled", name) for name in told["labels"]]
        return as_json([])
    thread.comments.append((BOT, told["body"]))
    return as_json({"id": 1000 * thread.number + len(thread.comments) - 1}, 201)


def _page(found: list[Any], query: Mapping[str, str]) -> Sent:
    size, page = int(query.get("per_page", "30")), int(query.get("page", "1"))
    return as_json(found[size * (page - 1) : size * page])


def _said(number: int, who: str, what: str) -> Mapping[str, object]:
    return {
        "id": number,
        "user": {"login": who, "type": "Bot" if re.search(r"\[bot\]$", who) else "User"},
        "body": what,
    }


def _shown(one: Thread) -> Mapping[str, object]:
    shown = {
        "number": one.number,
        "state": "open" if one.open else "closed",
        "title": one.title,
        "body": one.body,
        "user": {"login": one.author, "type": "Bot"},
        "labels": [{"name": name} for name in one.labels],
    }
    if not one.branch:
        return shown
    repository = "made-up-forker/tea" if one.fork else REPOSITORY
    return shown | {
        "head": {"ref": one.branch, "sha": one.commit, "repo": {"full_name": repository}},
        "merged_at": "2026-11-01T00:00:00Z" if one.merged else None,
        "pull_request": {},
    }
