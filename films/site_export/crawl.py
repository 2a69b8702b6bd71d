"""From every public address through all links until nothing new turns up, each answer written as a file."""

from collections import deque
from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import translation

from films.site_export import documents, statics
from films.site_export.asking import Answer, Site
from films.site_export.folder import Writer
from films.site_export.places import Addressing, Place, Unplaceable, is_index, place_of

MOVED = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.PERMANENT_REDIRECT}
LISTED = "the site's list of addresses"
# After how many files it says how far it is.
TOLD = 500


class Crawl:
    """One walk through the site; `origin` is scheme and host of the archive."""

    def __init__(self, origin: str, writer: Writer, files: statics.HashedFiles, say: Callable[[str], None]) -> None:
        self.origin, self.writer, self.files, self.say = origin, writer, files, say
        self.site = Site(origin)
        # File → who led there; and what waits to be asked for.
        self.known: dict[str, str] = {}
        self.waiting: deque[Place] = deque()
        self.moved: dict[Place, str] = {}
        self.pages = 0

    def go(self, starts: Iterable[str], former: Iterable[str], missing: Iterable[str]) -> None:
        """Write all that is reached from `starts`, from those of `former` that lead anywhere, and what is `missing`."""
        self.follow((place_of(address) for address in starts), LISTED)
        for address in missing:
            self.say_missing(address)
        self.walk()
        for address in former:
            place, answer = place_of(address), self.site.ask(address)
            if answer.status in MOVED and place.file not in self.known:
                self.known[place.file] = "a former address"
                self.take(place, answer)
        self.walk()
        for place, target in self.moved.items():
            self.lead(place, target)

    def walk(self) -> None:
        while self.waiting:
            self.visit(self.waiting.popleft())
            if not len(self.writer.digests) % TOLD:
                self.say(f"{len(self.writer.digests)} files, {len(self.waiting)} addresses waiting")

    def follow(self, places: Iterable[Place], page: str) -> None:
        for place in places:
            if place.file not in self.known:
                self.known[place.file] = page
                self.waiting.append(place)

    def visit(self, place: Place) -> None:
        """Get one file: a static one, a medium, or an answer of the site."""
        if place.address.startswith(settings.STATIC_URL):
            self.copy_static(place)
        elif place.address.startswith(settings.MEDIA_URL):
            self.copy_medium(place)
        else:
            self.take(place, self.site.ask(place.address))

    def take(self, place: Place, answer: Answer) -> None:
        """Write an answer, or remember where it sends."""
        addressing = Addressing(self.origin, place)
        if answer.status in MOVED:
            target = addressing.place(answer.location)
            if target is None:
                raise Unplaceable(f"{place.address} leads away, to {answer.location}.")
            self.moved[place] = answer.location
            self.follow([target], place.address)
        elif answer.status == HTTPStatus.OK:
            self.keep(place, documents.read(answer.kind, answer.body, addressing))
            self.pages += is_index(place.file)
        else:
            raise Unplaceable(f"{self.known[place.file]} leads to {place.address}, which answers {answer.status}.")

    def keep(self, place: Place, document: documents.Document) -> None:
        self.writer.write(place.file, document.body)
        self.follow(document.places, place.address)

    def copy_static(self, place: Place) -> None:
        name = place.address.removeprefix(settings.STATIC_URL)
        try:
            with self.files.open(name) as file:
                body = file.read()
        except FileNotFoundError as error:
            raise Unplaceable(f"{self.known[place.file]} names {place.address}, which is not there.") from error
        others = statics.named_in(body, name, self.files) if name.endswith((".css", ".js")) else ()
        self.keep(place, documents.Document(body, [place_of(f"{settings.STATIC_URL}{other}") for other in others]))

    def copy_medium(self, place: Place) -> None:
        """A medium that a public page names, wherever media are kept."""
        name = place.file.removeprefix(settings.MEDIA_URL.lstrip("/"))
        try:
            with default_storage.open(name) as file:
                self.writer.copy(place.file, file)
        except FileNotFoundError as error:
            raise Unplaceable(f"{self.known[place.file]} names {place.address}, which is not there.") from error

    def lead(self, place: Place, location: str) -> None:
        """A page sends readers on; any other file is written again under its old name."""
        addressing = Addressing(self.origin, place)
        target = addressing.place(location)
        if is_index(place.file):
            whole = addressing.rewritten(f"{self.origin}{location}" if location.startswith("/") else location)
            words: dict[str, Any] = {"address": whole, "link": addressing.rewritten(location)}
            with translation.override(translation.get_language_from_path(place.address) or settings.LANGUAGE_CODE):
                self.writer.write(place.file, render_to_string("films/moved.html", words).encode())
        elif target:
            self.writer.write(place.file, Path(self.writer.folder, target.file).read_bytes())

    def say_missing(self, address: str) -> None:
        """What servers show wherever there is nothing; its links work from anywhere."""
        place, answer = place_of(address), self.site.ask(address)
        if answer.status != HTTPStatus.NOT_FOUND:
            raise Unplaceable(f"{address} is there, though it stands for all that is not.")
        self.known[place.file] = LISTED
        addressing = Addressing(self.origin, place, anywhere=True)
        self.keep(place, documents.read(answer.kind, answer.body, addressing))
