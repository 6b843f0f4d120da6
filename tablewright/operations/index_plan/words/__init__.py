"""What is said of deployments: what to edit, what to do around them, how to tell they are done."""
