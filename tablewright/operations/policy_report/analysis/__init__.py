"""A policy pack run as the engine runs it, over what a program registers."""
