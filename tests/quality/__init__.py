"""Whether search still finds as much as it did: ``pytest -m quality``."""
