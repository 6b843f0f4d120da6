"""Brings existing tables under a stack: compares them with the model, and says what to import."""
