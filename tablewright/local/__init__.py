"""Runs a stack on this machine: the emulator and what creates resources in it."""
