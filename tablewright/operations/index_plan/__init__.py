"""From one model to the next without an outage: the order of the deployments in between."""
