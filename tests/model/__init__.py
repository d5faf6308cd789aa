"""The model where the outside is too coarse."""
