"""Between a repository and DynamoDB: client, fast responses, attempts, deadlines, failures."""
