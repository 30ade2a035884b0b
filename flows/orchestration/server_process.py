"""The process of a server of our own: Prefect's application, at a socket that its starter has opened for it."""

from __future__ import annotations

import socket
import sys

import uvicorn


def main() -> None:
    """Serve until told to end; the one argument is the number of the listening socket that was inherited."""
    config = uvicorn.Config("prefect.server.api.server:create_app", factory=True, log_level="warning")
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=int(sys.argv[1]))])


if __name__ == "__main__":
    main()
