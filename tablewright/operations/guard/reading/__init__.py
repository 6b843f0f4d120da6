"""Preview, state and program as they are read, and joined into changes."""
