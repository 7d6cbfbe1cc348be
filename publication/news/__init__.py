"""Mails of news to those who asked for them: what they are told, planned and sent."""
