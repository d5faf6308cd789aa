"""What the pages do in a browser, with the script and without it."""
