"""How any source is asked: one HTTP client, and answers that are whole or in error."""
