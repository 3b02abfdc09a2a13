"""The knowledge base itself: no Qt, usable from a script. See ``app/README.md`` for the map."""
