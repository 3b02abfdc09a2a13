"""The other side of the process wall: ``python -m workspaces.worker ROLE``, never imported."""
