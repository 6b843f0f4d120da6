"""How a deployment is told: on a terminal, and in a report that stays."""
