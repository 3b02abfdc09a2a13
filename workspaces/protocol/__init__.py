"""What crosses the process wall: typed messages, one JSON object a line."""
