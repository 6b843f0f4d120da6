"""What several rules ask of tables, their indexes, and what is about them."""
