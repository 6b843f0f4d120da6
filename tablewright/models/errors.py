"""The one error of the models: something AWS, or the model itself, would refuse."""


class ModelError(ValueError):
    """A declaration that cannot be deployed or served; names thing, value, limit and remedy."""
