"""The person's things on disk: the home, settings, workspace folders, the catalogue."""
