"""Python values as DynamoDB stores them, and how much they take."""
