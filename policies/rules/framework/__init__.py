"""What makes a rule of a function: reading, settings, waivers, reporting. No rule is in here."""
