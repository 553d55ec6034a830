"""The pictures of the site: one module and one template per picture, drawn as accessible inline SVG.

Every picture stands beside a table that says the same. Colours come from the page (`currentColor` and classes), so that
a picture can be read in light and dark and on paper. Nothing here counts, reads files or knows a page.
"""
