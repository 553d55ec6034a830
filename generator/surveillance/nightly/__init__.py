"""A night: every strategy that is due is asked, and what came of it is one change of the records, whole or not at all.

    plan     which strategies are due, and from which day on
    asked    their answers, with totals and with what is known looked for (canaries)
    gates    answers that a person should look at first
    run      the search run with its counts
    renumbered, integrity, turns
             candidates looked for again, notices about what is included, and whose turn it is tonight
    night    all of it together: new candidates, changed files, alarms
    summary  the night in words, fit for the text of a pull request

Writes nothing itself; `night.write` hands the files to the one writer.
"""
