"""Files of the house in a bucket that speaks S3. Imported only where one is named: the library is an extra."""

from typing import Any

from storages.backends.s3 import S3Storage

from films.uploads.storage import content_headers

# As the site itself says of its files.
KEPT = "public, max-age=3600"
PARAMETERS = {"Content-Type": "ContentType", "Content-Disposition": "ContentDisposition"}


class BucketStorage(S3Storage):  # type: ignore[misc]  # the library states no types
    """Says of each file what its name does, never what the browser that sent it said, nor what the machine knows."""

    def get_object_parameters(self, name: str) -> dict[str, Any]:
        said = {PARAMETERS[header]: value for header, value in content_headers(name).items()}
        return {"CacheControl": KEPT, **super().get_object_parameters(name), **said}
