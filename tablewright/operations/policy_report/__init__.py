"""The policy pack run over a program without any engine, and reports of what it found."""
