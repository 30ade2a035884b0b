"""A real server that speaks S3, on this machine, for tests: its address, its buckets, and whether it asks for keys."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.request import Request, urlopen

import boto3
from moto.server import ThreadedMotoServer

KEYS = {"AWS_ACCESS_KEY_ID": "tester", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}


@dataclass
class Storage:
    """A server under way."""

    server: ThreadedMotoServer
    address: str
    environment: Mapping[str, str]

    def make_bucket(self, name: str) -> None:
        self._client().create_bucket(Bucket=name)

    def put(self, bucket: str, key: str, content: bytes) -> None:
        self._client().put_object(Bucket=bucket, Key=key, Body=content)

    def remove(self, bucket: str, key: str) -> None:
        self._client().delete_object(Bucket=bucket, Key=key)

    def objects(self, bucket: str) -> dict[str, bytes]:
        client = self._client()
        listed = client.list_objects_v2(Bucket=bucket).get("Contents", ())
        return {each["Key"]: client.get_object(Bucket=bucket, Key=each["Key"])["Body"].read() for each in listed}

    def ask_for_keys(self, after: int = 0) -> None:
        """From so many calls on, refuse everybody that has no right of the server's own; a large number lets all in."""
        plain = {"content-type": "text/plain"}
        request = Request(f"{self.address}/moto-api/reset-auth", str(after).encode(), plain, method="POST")
        urlopen(request, timeout=10).close()

    def _client(self):  # type: ignore[no-untyped-def]
        return boto3.client(
            "s3", endpoint_url=self.address, aws_access_key_id="a", aws_secret_access_key="b", region_name="us-east-1"
        )


@contextmanager
def storage() -> Iterator[Storage]:
    """A server on a free port, and what its callers want in their environment."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    try:
        yield Storage(server, address, {**KEYS, "AWS_ENDPOINT_URL": address})
    finally:
        server.stop()
