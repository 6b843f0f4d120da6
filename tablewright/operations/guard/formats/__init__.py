"""How the guard's report is written: for a terminal, a pull request, code scanning."""
