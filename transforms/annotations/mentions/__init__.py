"""Mentions of people, organizations and places, resolved to entities."""
