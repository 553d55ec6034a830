"""Git, run as a program: fetch, read, commit without a work tree, push. Only a release runs git elsewhere.

Leaves the work tree, the index and every local branch as they are. Never pushes with force and never deletes a branch:
a push that would overwrite a commit is refused, whoever made that commit.
"""

import base64
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath

REMOTE = "origin"
_BLOB = re.compile(rb"[0-9a-f]{40,64} blob (\d+)")
"""How git announces a file; it answers something else where there is none of that name."""


class GitError(Exception):
    """Git did not do what it was asked; the text says what it answered."""


class RacedError(GitError):
    """Somebody pushed to the branch meanwhile: fetch, and decide anew."""


@dataclass(frozen=True)
class Author:
    """Who makes the commits of a night."""

    name: str = "github-actions[bot]"
    email: str = "41898282+github-actions[bot]@users.noreply.github.com"


def with_token(environment: Mapping[str, str], token: str, server: str) -> dict[str, str]:
    """Return an environment in which git shows `token` to `server`; nothing of it is written or seen in a command."""
    basic = base64.b64encode(f"x-access-token:{token}".encode()).decode()
    key = f"http.{server.rstrip('/')}/.extraheader"
    settings = [(key, ""), (key, f"AUTHORIZATION: basic {basic}")] if token else []
    named = {"GIT_CONFIG_COUNT": str(len(settings))}
    for number, (name, value) in enumerate(settings):
        named |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
    return {**environment, **named, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


class Git:
    """The repository whose top is `root`. `scratch` is an empty folder for what git needs on the way."""

    def __init__(self, root: Path, scratch: Path, environment: Mapping[str, str], author: Author | None = None) -> None:
        self._root, self._scratch, self._environment = root, scratch.resolve(), environment
        self.author = author or Author()
        self._indexes = count()

    def top(self) -> Path:
        """Return the top folder of the repository."""
        return Path(self._text("rev-parse", "--show-toplevel"))

    def fetch(self) -> None:
        """Bring every branch of the remote up to date."""
        self._run("fetch", "--quiet", "--no-tags", "--prune", REMOTE, f"+refs/heads/*:refs/remotes/{REMOTE}/*")

    def fetch_pull(self, number: int) -> str:
        """Return the last commit of a pull request, also of a closed one whose branch is gone."""
        name = f"refs/living-review/pull/{number}"
        self._run("fetch", "--quiet", "--no-tags", REMOTE, f"+refs/pull/{number}/head:{name}")
        return self._text("rev-parse", "--verify", name)

    def tip(self, branch: str) -> str:
        """Return the last commit of a branch as it was fetched; empty when there is no such branch."""
        return self.branches().get(branch, "")

    def branches(self) -> dict[str, str]:
        """Return the branches of the remote as they were fetched, each with its last commit."""
        prefix = f"refs/remotes/{REMOTE}/"
        lines = self._text("for-each-ref", "--format=%(objectname) %(refname)", prefix).splitlines()
        pairs = (line.partition(" ")[::2] for line in lines)
        return {name.removeprefix(prefix): commit for commit, name in pairs}

    def merge_base(self, one: str, other: str) -> str:
        """Return where two commits parted; `one` itself where the history fetched does not say."""
        try:
            return self._text("merge-base", one, other)
        except GitError:
            return one

    def read(self, commit: str, path: str) -> bytes | None:
        """Return a file as it is in a commit; None where it is not. Where git fails, nobody can tell, and it raises."""
        told = self._run("cat-file", "--batch", stdin=f"{commit}:{path}\n".encode())
        head, _, content = told.partition(b"\n")
        found = _BLOB.fullmatch(head)
        return content[: int(found[1])] if found else None

    def files(self, commit: str, folder: str) -> set[str]:
        """Return the paths of all files in a folder of a commit."""
        return self._paths("ls-tree", "-r", "-z", "--name-only", commit, "--", f"{folder}/")

    def changed(self, base: str, commit: str) -> set[str]:
        """Return the paths that differ between two commits."""
        return self._paths("diff", "-z", "--name-only", "--no-renames", base, commit)

    def first_versions(self, base: str, commit: str, folder: str) -> dict[str, bytes]:
        """Return every file of a folder that was added since `base`, as it was when it was added."""
        found: dict[str, bytes] = {}
        for one in self._text("rev-list", "--reverse", "--topo-order", f"{base}..{commit}", "--", folder).split():
            added = ("diff-tree", "-r", "-z", "--root", "--no-commit-id", "--no-renames", "--diff-filter=A")
            for path in self._paths(*added, "--name-only", one, "--", folder):
                found.setdefault(path, self.read(one, path) or b"")
        return found

    def head(self) -> str:
        """Return the commit that is checked out."""
        return self._text("rev-parse", "--verify", "HEAD")

    def altered(self, folder: str) -> set[str]:
        """Return the paths of a folder that the work tree has changed, added or lost since `head`, staged or not."""
        changed = self._paths("diff", "-z", "--name-only", "--no-renames", "--no-ext-diff", "HEAD", "--", f"{folder}/")
        return changed | self._paths("ls-files", "-z", "--others", "--exclude-standard", "--", f"{folder}/")

    def is_shallow(self) -> bool:
        """Return whether only the newest commits were fetched, so that the history has no beginning."""
        return self._text("rev-parse", "--is-shallow-repository") != "false"

    def savings(self, folder: str) -> list[tuple[str, int, dict[str, str]]]:
        """Return what each commit wrote in a folder, oldest first, as the branch that is checked out came to have it.

        Each has its name, the moment its author made it (seconds since 1970, UTC) and the files it changed with their
        contents as `read_objects` takes them, empty for a removed one. A merge is one step, as what it brought.
        """
        order = ("--first-parent", "-m", "--root", "--reverse", "--no-renames", "--no-show-signature", "--no-color")
        form = ("--raw", "--no-abbrev", "-z", "--format=commit %H %at")
        found: list[tuple[str, int, dict[str, str]]] = []
        told = iter(self._run("log", *order, *form, "HEAD", "--", f"{folder}/").decode("utf-8", "replace").split("\0"))
        for part in told:
            words = part.split()
            if words[:1] == ["commit"]:
                found.append((words[1], int(words[2]), {}))
            elif part.strip().startswith(":"):
                _, mode, _, contents, _ = words
                found[-1][2][next(told)] = contents if mode.startswith("100") else ""
        return found

    def read_objects(self, names: Iterable[str]) -> dict[str, bytes]:
        """Return contents by their names, read by one program."""
        wanted = list(dict.fromkeys(names))
        told, found, start = (
            self._run("cat-file", "--batch", stdin="".join(f"{one}\n" for one in wanted).encode()),
            {},
            0,
        )
        for one in wanted:
            head, _, _ = told[start:].partition(b"\n")
            start += len(head) + 1
            if b" blob " not in head:
                raise GitError(f"git cat-file: {_told(head)}")
            length = int(head.split()[2])
            found[one] = told[start : start + length]
            start += length + 1
        return found

    def authors(self, base: str, commit: str) -> set[str]:
        """Return the addresses of all who made commits since `base`."""
        return set(self._text("log", "--format=%ae", f"{base}..{commit}").splitlines())

    def subject(self, base: str, commit: str) -> str:
        """Return the first line of the first commit since `base`; empty where there is none."""
        return next(iter(self._text("log", "--reverse", "--format=%s", f"{base}..{commit}").splitlines()), "")

    def export(self, commit: str, folder: str, into: Path) -> None:
        """Write a folder of a commit below `into`; nothing where the commit has no such folder.

        Its `.gitattributes` stay behind: they would choose which programs set up on this machine git starts.
        """
        paths = self.files(commit, folder)
        if not paths:
            return
        index = self._index()
        self._run("read-tree", f"--prefix={folder}/", f"{commit}:{folder}", index=index)
        steering = [path for path in paths if PurePosixPath(path).name == ".gitattributes"]
        self._run("update-index", "-z", "--index-info", stdin=_gone(steering), index=index)
        self._run("checkout-index", "--all", f"--prefix={into.resolve()}/", index=index)

    def commit(self, parent: str, files: Mapping[str, bytes], removed: Iterable[str], message: str) -> str:
        """Return a new commit on `parent` (empty: the first of its branch) with files written and removed.

        Returns `parent` itself where nothing would change.
        """
        index = self._index()
        self._run("read-tree", parent or "--empty", index=index)
        blobs = {path: self._text("hash-object", "-w", "--stdin", stdin=files[path]) for path in sorted(files)}
        written = "".join(f"100644 {blob}\t{path}\0" for path, blob in blobs.items()).encode()
        self._run("update-index", "-z", "--index-info", stdin=written + _gone(removed), index=index)
        tree = self._text("write-tree", index=index)
        if parent and tree == self._text("rev-parse", f"{parent}^{{tree}}"):
            return parent
        parents = ("-p", parent) if parent else ()
        return self._text("commit-tree", tree, *parents, "-F", "-", stdin=message.encode())

    def push(self, commit: str, branch: str) -> None:
        """Make `commit` the last one of a branch.

        Raises `RacedError` when the branch holds commits that `commit` does not follow, `GitError` when the push is
        refused for another reason, such as a protected branch or a token without the right.
        """
        ran = self._start("push", "--porcelain", REMOTE, f"{commit}:refs/heads/{branch}")
        if ran.returncode:
            told = _told(ran.stdout + b"\n" + ran.stderr)
            raced = any(sign in told for sign in ("[rejected]", "cannot lock ref", "failed to update ref"))
            raise (RacedError if raced else GitError)(f"{branch} could not be pushed: {told}")
        self._run("update-ref", f"refs/remotes/{REMOTE}/{branch}", commit)

    def _index(self) -> Path:
        return self._scratch / f"index-{next(self._indexes)}"

    def _paths(self, *arguments: str) -> set[str]:
        return {path.decode("utf-8", "replace") for path in self._run(*arguments).split(b"\0") if path}

    def _text(self, *arguments: str, stdin: bytes = b"", index: Path | None = None) -> str:
        return self._run(*arguments, stdin=stdin, index=index).decode("utf-8", "replace").strip()

    def _run(self, *arguments: str, stdin: bytes = b"", index: Path | None = None) -> bytes:
        ran = self._start(*arguments, stdin=stdin, index=index)
        if ran.returncode:
            raise GitError(f"git {arguments[0]}: {_told(ran.stderr)}")
        return ran.stdout

    def _start(
        self, *arguments: str, stdin: bytes = b"", index: Path | None = None
    ) -> "subprocess.CompletedProcess[bytes]":
        people = {f"GIT_{role}_NAME": self.author.name for role in ("AUTHOR", "COMMITTER")}
        people |= {f"GIT_{role}_EMAIL": self.author.email for role in ("AUTHOR", "COMMITTER")}
        chosen = {"GIT_INDEX_FILE": str(index)} if index else {}
        try:
            return subprocess.run(  # noqa: S603 - a list of arguments, no shell; what they name was made here
                ["git", *arguments],  # noqa: S607 - the git of whoever runs this
                cwd=self._root,
                env={**self._environment, **people, **chosen},
                input=stdin,
                capture_output=True,
                check=False,
                timeout=600,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise GitError(f"git {arguments[0]}: {type(error).__name__}") from None


def _gone(paths: Iterable[str]) -> bytes:
    """Return how an index is told that files are gone."""
    return "".join(f"0 {'0' * 40}\t{path}\0" for path in paths).encode()


def _told(output: bytes) -> str:
    return " ".join(output.decode("utf-8", "replace").split())[:400] or "no reason given"
