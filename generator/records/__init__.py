"""The files of `studies/`: read strictly, checked, edited with their comments kept, described for editors."""
