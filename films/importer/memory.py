"""Which articles are there already, as far as a run needs to know before it reads a file."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from films.models import Source


@dataclass
class Known:
    """A source as far as telling "unchanged" needs it; `pk` is None for what a dry run would make."""

    pk: int | None
    name: str
    sha256: str
    fingerprint: str


@dataclass
class Memory:
    """Sources by the digest of their bytes and by identity, as this run leaves them."""

    by_sha: dict[str, list[Known]] = field(default_factory=dict)
    by_identity: dict[str, Known] = field(default_factory=dict)

    def look_up(self, digests: Iterable[str]) -> None:
        rows = Source.objects.filter(sha256__in=set(digests)).values_list("pk", "name", "sha256", "fingerprint")
        planned = [known for rows in self.by_sha.values() for known in rows if known.pk is None]
        self.by_sha = {}
        for known in [*(Known(*row) for row in rows), *planned]:
            self.by_sha.setdefault(known.sha256, []).append(known)

    def learn(self, known: Known, identity_: str) -> None:
        for others in self.by_sha.values():
            others[:] = [other for other in others if other.pk is None or other.pk != known.pk]
        self.by_sha.setdefault(known.sha256, []).append(known)
        if known.pk is None:
            self.by_identity[identity_] = known

    def planned(self, identity_: str, sha256: str, fingerprint: str) -> Known | None:
        """What a dry run would have made by now of the same article, or of the same bytes under another name."""
        of_bytes = (known for known in self.by_sha.get(sha256, []) if known.pk is None)
        same = (known for known in of_bytes if known.fingerprint == fingerprint)
        return self.by_identity.get(identity_) or next(same, None)
