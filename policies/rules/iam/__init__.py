"""What several rules ask of access policies and ARNs."""
