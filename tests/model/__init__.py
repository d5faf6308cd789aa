"""Tests of the model itself, for details that tests from outside cannot reach."""
