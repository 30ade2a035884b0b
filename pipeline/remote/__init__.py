"""Storage that is no file system, reached through fsspec: an inbox mirrored from it, results put back to it whole."""

from pipeline.remote.address import has_password, is_remote, name_of, shown_address, whereabouts
from pipeline.remote.mirroring import Mirrored, RemoteEmpty, mirror, standing_of
from pipeline.remote.place import RemoteFile, RemotePlace
from pipeline.remote.problems import RemoteAbsent, RemoteAway, RemoteRefused
from pipeline.remote.putting import put_back, refuse_unwritable

__all__ = [
    "Mirrored",
    "RemoteAbsent",
    "RemoteAway",
    "RemoteEmpty",
    "RemoteFile",
    "RemotePlace",
    "RemoteRefused",
    "has_password",
    "is_remote",
    "mirror",
    "name_of",
    "put_back",
    "refuse_unwritable",
    "shown_address",
    "standing_of",
    "whereabouts",
]
