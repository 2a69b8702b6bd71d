"""The folder is whole or not there, and nobody's files are lost for it."""

import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from films.models import Film
from films.site_export import Unplaceable, Unwritable, export_site
from films.site_export.crawl import Crawl
from films.site_export.documents import read
from films.site_export.folder import MARKER, Writer, arriving_folder
from films.site_export.places import Addressing, place_of
from films.site_export.statics import HashedFiles
from tests.factories import make_film

ORIGIN = "https://archive.example"


def contents(folder) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.django_db
def test_an_earlier_export_is_replaced_and_the_same_site_gives_the_same_bytes(tmp_path):
    make_film(title="一")
    path = tmp_path / "site"
    export_site(path, ORIGIN)
    first = contents(path)
    export_site(path, ORIGIN)
    assert contents(path) == first
    film = Film.objects.get()
    film.status = "archived"
    film.save()
    export_site(path, ORIGIN)
    assert {name for name in first if "/yi" in name} - set(contents(path)) == {name for name in first if "/yi" in name}
    assert [entry.name for entry in tmp_path.iterdir()] == ["site"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["file", "folder", "orphan"])
def test_a_place_that_is_taken_is_refused(tmp_path, kind):
    path = tmp_path / "taken" if kind != "orphan" else tmp_path / "no" / "such"
    if kind == "file":
        path.write_text("mine")
    elif kind == "folder":
        path.mkdir()
        (path / "mine.txt").write_text("mine")
    before = contents(tmp_path)
    with pytest.raises(CommandError, match="Nothing was exported"):
        call_command("export_site", str(path), base_url=ORIGIN)
    assert contents(tmp_path) == before


def test_a_failure_leaves_the_earlier_export(tmp_path):
    path = tmp_path / "site"
    path.mkdir()
    (path / MARKER).write_text("{}")

    def fail():
        with arriving_folder(path) as folder:
            (folder / "half").write_text("half")
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        fail()
    assert contents(tmp_path) == {f"site/{MARKER}": b"{}"}


def test_what_came_meanwhile_is_not_replaced(tmp_path):
    path = tmp_path / "site"

    def disturbed():
        with arriving_folder(path):
            path.mkdir()
            (path / "mine.txt").write_text("mine")

    with pytest.raises(Unwritable, match="no earlier export"):
        disturbed()
    assert contents(tmp_path) == {"site/mine.txt": b"mine"}


def test_the_writer_stays_in_its_folder(tmp_path):
    with pytest.raises(Unwritable, match="outside"):
        Writer(tmp_path / "site").write("../elsewhere", b"")


@pytest.mark.parametrize(
    "url", ["archive.example", "ftp://archive.example", "https://archive.example/below", "https://a b"]
)
def test_the_base_is_scheme_and_host(tmp_path, url):
    with pytest.raises(CommandError, match="--base-url"):
        call_command("export_site", str(tmp_path / "site"), base_url=url)


@pytest.mark.parametrize(
    ("address", "file", "link"),
    [
        ("/", "index.html", "/"),
        ("/films/?page=1", "films/index.html", "/films/"),
        ("/films/?page=2&sort=title", "films/sort/title/page/2/index.html", "/films/sort/title/page/2/"),
        ("/en/creators/page/?page=3", "en/creators/page/page/3/index.html", "/en/creators/page/page/3/"),
        ("/api/v1/films/?cursor=17-24", "api/v1/films/from/24/index.json", "/api/v1/films/from/24/index.json"),
        ("/posters/a.png?v=12345678", "posters/a.png", "/posters/a.png"),
        ("/sitemap-films.xml?p=2", "sitemap-films-p-2.xml", "/sitemap-films-p-2.xml"),
        ("/.well-known/security.txt", ".well-known/security.txt", "/.well-known/security.txt"),
    ],
)
def test_every_address_has_its_file(address, file, link):
    place = place_of(address)
    assert (place.file, place.link) == (file, link)


@pytest.mark.parametrize("address", ["/films/?q=../../etc", "/films/?creator=%E6%98%A5"])
def test_an_address_without_a_file_is_refused(address):
    with pytest.raises(Unplaceable):
        place_of(address)


@pytest.mark.parametrize(
    ("written", "rewritten"),
    [
        ("/films/mei-hua-lu/#a3", "../mei-hua-lu/#a3"),
        ("?sort=title", "sort/title/"),
        ("/films/", "./"),
        ("/en/", "../../en/"),
        ("#main", "#main"),
        ("https://archive.example/films/?page=2", "https://archive.example/films/page/2/"),
        ("https://archive.example.net/x", "https://archive.example.net/x"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("/media/stills/a.avif", "../../media/stills/a.avif"),
    ],
)
def test_links_are_written_from_where_the_page_lies(written, rewritten):
    page = "/films/" if written in ("?sort=title", "/films/") else "/films/yi/"
    assert Addressing(ORIGIN, place_of(page)).rewritten(written) == rewritten


@pytest.mark.django_db
def test_a_medium_that_a_page_names_is_carried_along_and_a_missing_one_stops_the_export(tmp_path):
    name = default_storage.save("stills/a.avif", ContentFile(b"picture"))
    writer = Writer(tmp_path)
    crawl = Crawl(ORIGIN, writer, HashedFiles(location=str(tmp_path)), print)
    crawl.follow([place_of(f"/media/{name}")], "/films/yi/")
    crawl.walk()
    assert contents(tmp_path) == {f"media/{name}": b"picture"}
    crawl.follow([place_of("/media/stills/none.avif")], "/films/yi/")
    with pytest.raises(Unplaceable, match=r"/films/yi/ names /media/stills/none\.avif, which is not there"):
        crawl.walk()


@pytest.mark.django_db
def test_the_marker_says_where_it_is_to_be_read(tmp_path):
    export_site(tmp_path / "site", ORIGIN)
    assert json.loads((tmp_path / "site" / MARKER).read_text())["address"] == ORIGIN


def test_the_parts_of_a_large_map_are_files_of_their_own():
    text = (
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<sitemap><loc>{ORIGIN}/sitemap-films.xml?p=2</loc></sitemap></sitemapindex>"
    )
    document = read("application/xml", text.encode(), Addressing(ORIGIN, place_of("/sitemap.xml")))
    assert document.body.decode() == text.replace("films.xml?p=2", "films-p-2.xml")
    assert [place.address for place in document.places] == ["/sitemap-films.xml?p=2"]
