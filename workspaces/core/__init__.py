"""What we know: standard library only, no input or output, no clock."""
