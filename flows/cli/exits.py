"""Exit statuses, the same for every command."""

from __future__ import annotations

DONE = 0
BROKEN = 1
"""The program itself broke, or broke on a package."""
UNUSABLE = 2
"""A call or inputs that can't be used."""
FOUND = 3
"""Something is to be mended or looked at; of commands that only look."""
INTERRUPTED = 130
"""After Ctrl-C, as shells have it."""
