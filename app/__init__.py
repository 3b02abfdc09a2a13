"""The desktop program: the only room with Qt."""

__version__ = "0.1.0"
