"""How things are said, on the site and on GitHub: vocabulary in words, escaping, links, tables, templates."""
