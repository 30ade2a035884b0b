"""Engines that turn pictures of text into characters: one module an engine behind one protocol."""
