"""A made-up summary that people reworded and rated as they should, for the tests of what is told of it."""

import datetime as dt
from dataclasses import replace

from generator.model.records import Records
from generator.model.summary import Certainty, Summary

KEY = "bottom-line-hiccups"
FIRST, SPRING, SUMMER, AUTUMN = (dt.date(2024, month, 15) for month in (1, 4, 7, 10))
RATED, RATED_AGAIN = dt.date(2024, 2, 1), dt.date(2024, 8, 1)


def reworded(summary: Summary, text: str, on: dt.date) -> Summary:
    """Return a summary after somebody reworded it; a day has the words of its end."""
    earlier = tuple(one for one in summary.wordings if one.written < on)
    return summary.model_copy(update={"text": text, "written": on, "reviewed": None, "earlier_wordings": earlier})


def rated(summary: Summary, level: Certainty, on: dt.date) -> Summary:
    """Return a summary after people rated it; a day has the rating of its end."""
    assert summary.rating
    earlier = tuple(one for one in summary.ratings if one.on is None or one.on < on)
    rating = summary.rating.model_copy(update={"level": level, "on": on})
    return summary.model_copy(update={"rating": rating, "earlier_ratings": earlier})


def a_year(records: Records) -> Records:
    """Return the made-up review with its first summary written once, reworded three times and rated twice in 2024."""
    summary = records.summaries[KEY]
    assert summary.rating
    rating = summary.rating.model_copy(update={"level": Certainty.VERY_LOW, "on": RATED})
    text, title = "The first made-up words.", "Made-up hiccups at first"
    one = summary.model_copy(
        update={"title": title, "text": text, "written": FIRST, "reviewed": dt.date(2024, 3, 1), "rating": rating}
    )
    one = reworded(one, "Made-up words of spring.", SPRING).model_copy(update={"title": summary.title})
    one = reworded(one, "Made-up words of summer.", SUMMER).model_copy(update={"rests_on": ("icecap-2023",)})
    one = rated(reworded(one, "Made-up words of autumn.", AUTUMN), Certainty.LOW, RATED_AGAIN)
    return replace(records, summaries=records.summaries | {KEY: one})
