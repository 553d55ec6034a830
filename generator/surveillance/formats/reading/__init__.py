"""What the format modules share: text out of bytes, fields of a record, and records out of fields.

Nothing here knows one file format alone, and nothing here knows which formats there are.
"""
