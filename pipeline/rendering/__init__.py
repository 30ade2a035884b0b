"""The only renderer: a file's pages as pictures, with the text layer where there is one."""

from pipeline.rendering.media import Media, open_media
from pipeline.rendering.picture import PagePicture

__all__ = ["Media", "PagePicture", "open_media"]
