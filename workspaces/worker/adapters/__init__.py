"""Each heavy library is imported in exactly one file here."""
