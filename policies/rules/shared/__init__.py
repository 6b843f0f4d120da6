"""What the rules share: reading, metadata, settings, waivers. No rule is in here."""
