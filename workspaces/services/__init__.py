"""Use-cases, single-threaded on one asyncio loop."""
