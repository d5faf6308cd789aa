"""Turns the model into formats, one module for each; what several formats need stands in modules of its own."""
