"""The model into one format each; no output knows another."""
