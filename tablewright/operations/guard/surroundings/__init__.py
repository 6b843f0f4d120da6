"""What stands around tables: alarms, their topics, roles, the VPC endpoint, keys, the outputs."""
