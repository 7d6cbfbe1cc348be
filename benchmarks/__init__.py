"""Measurements: run by hand, quoted in the notes, never part of the tests."""
