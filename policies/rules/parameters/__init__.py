"""What several rules ask of the parameters that export tables."""
