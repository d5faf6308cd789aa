"""Turns the model into formats, one module for each; what several formats need is in modules of its own."""
