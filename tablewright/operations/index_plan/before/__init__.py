"""Where a plan begins from: what a stack has exported, or the models of a git revision."""
