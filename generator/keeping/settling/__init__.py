"""Decided candidates -> what their decisions make of them: a study to extract, an exclusion, a trial, a screened line.

Everything that changes is worked out and checked before anything is written; `generator.keeping.recording` writes it
as one change. Takes no decision, and extracts nothing from a report.
"""

from generator.keeping.settling.moving import Move, Settled, SettlingError, settle

__all__ = ["Move", "Settled", "SettlingError", "settle"]
