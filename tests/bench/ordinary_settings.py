"""The project's settings with the ordinary pages in front of ours."""

from elysium.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.ordinary"
