"""The domain's records, one file a family. Nothing here reads a file or sees a pixel."""
