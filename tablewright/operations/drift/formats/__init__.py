"""How the report on drift is written: for a terminal, for an issue or a job summary."""
