"""The other side of the process wall: launched as ``python -m workspaces.worker ROLE``, never imported."""
