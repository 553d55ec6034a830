"""Priority of candidates: which to read first, and which words say so. Orders and explains; hides and decides nothing.

`fit(texts, labels, question)` learns from decisions, `score(texts)` of the ranker it returns gives 0 to 100 and the
words that counted; the question may be left out. The steps are `words` (one spelling each), `vectors` (what a word
weighs), `linear` (the classifier) and `ranker`. `training` takes texts and labels from the records of a review.
"""

from generator.surveillance.priority.ranker import Ranker, Scored, fit

__all__ = ["Ranker", "Scored", "fit"]
