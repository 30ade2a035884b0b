"""Prefect, wherever a test imports it, sends nothing anywhere."""

import os

os.environ.update(DO_NOT_TRACK="1", PREFECT_SERVER_ANALYTICS_ENABLED="false")
