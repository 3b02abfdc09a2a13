"""A program whose writes fail and whose processes are killed, and what its home holds afterwards."""
