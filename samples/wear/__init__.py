"""What scanning, copying and photographing does to a page: one effect a file, composed by level."""
