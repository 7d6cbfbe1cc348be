"""Telling other systems of public changes: signed requests, in order, until they are taken."""
