"""What the CLI wrote about a pack, read into a report."""
