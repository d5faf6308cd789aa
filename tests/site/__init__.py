"""The profile site: what it has to say, and whether the built pages say it."""
