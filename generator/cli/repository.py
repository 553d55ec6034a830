"""What the verbs that read or change the git repository share: git, and the token that both it and GitHub are shown."""

import os
from pathlib import Path

from generator.github.git import Author, Git, with_token


def repository_git(root: Path, scratch: Path, author: Author | None = None) -> Git:
    """Return git for the repository at `root`, with the token of the environment."""
    server = os.environ.get("GITHUB_SERVER_URL", "") or "https://github.com"
    return Git(root, scratch, with_token(os.environ, token(), server), author)


def not_at_top(git: Git, root: Path) -> str:
    """Return why a verb cannot work at `root`; empty where it is the top of a git repository."""
    return "" if git.top() == root.resolve() else f"{root.resolve()} is not the top of a git repository."


def token() -> str:
    """Return the token that the environment holds for GitHub, else nothing."""
    return (os.environ.get("LIVING_REVIEW_APP_TOKEN", "") or os.environ.get("GITHUB_TOKEN", "")).strip()
