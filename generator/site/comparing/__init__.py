"""What merging one state of the records into another would change, told before anybody merges it.

`compare` takes two checked folders and one day; `comment` tells the result for a pull request, `plain_text` for a
terminal. Both folders are only read as records: nothing in them is run. Whether a change is right is not judged here.
"""

from generator.site.comparing.comparison import Comparison, compare
from generator.site.comparing.telling import LONGEST, MARKER, comment, plain_text

__all__ = ["LONGEST", "MARKER", "Comparison", "comment", "compare", "plain_text"]
