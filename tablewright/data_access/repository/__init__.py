"""What every repository is made of: records, keys, requests of access patterns, pages."""
