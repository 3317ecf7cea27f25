"""Where runs execute. The doors are `start`, `stop` and `current`, which returns the process's Engine."""

from dlviz.engine.engine import Engine, Hardware, current, start, stop

__all__ = ["Engine", "Hardware", "current", "start", "stop"]
