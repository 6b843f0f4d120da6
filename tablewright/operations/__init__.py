"""The tools around a deployment, behind one command-line program."""
