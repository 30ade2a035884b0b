"""Keeping what was found."""

from pipeline.store.files import Store, safe_step, write_whole

__all__ = ["Store", "safe_step", "write_whole"]
