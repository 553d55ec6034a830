"""What a source is too short for: long strategies, and replies with many fields. Every module above is a source."""
