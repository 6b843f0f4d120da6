"""Repositories over DynamoDB: typed records, conditional writes, errors of their own."""
