"""DynamoDB tables with Pulumi: data models, components, and the tools around a deployment."""
