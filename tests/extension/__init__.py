"""The extension from the outside: small projects that are built for real."""
