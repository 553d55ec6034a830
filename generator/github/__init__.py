"""How a night reaches GitHub: finds as pull requests, quiet nights in the branch `search-log`, failing sources issues.

    api         the REST interface, in the few calls that are needed
    git         fetch, read, commit, push; never pushes with force, never to the branch that is published
    history     the commits of studies/, for the check of the dates in the records (`generator.records.past`)
    logs        search logs of two places laid over each other
    standing    what is on GitHub before a night: branches, open and closed pull requests, what waits on them; waiting:
                one such branch
    plan        a night and what stands -> what is to be done
    carrying    the plan carried out: proposing does pull requests, quiet the branch `search-log`, failing and
                attention issues
    offering    pull requests with settled candidates and accepted suggestions; comments that are kept up to date

Everything is decided from the branches and the interface alone, never from memory: whatever fails half-way is found and
repaired by the next night. Nothing counts as searched before it is shown.
"""
