"""Out and in again: the same database, and the same files to the byte."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from films import merging, search
from films.generating import generate
from films.importer import import_seeds
from films.models import Creator, Edition, Exchange, Film, Source, Theme, Topic, User
from films.seeding import NOTE, export_seeds
from films.site_export import Unwritable
from tests.factories import make_creator, make_film, make_interview, make_work
from tests.seeding.digest import digest, files, wipe

pytestmark = pytest.mark.django_db


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def hold_round_trip(tmp_path: Path) -> dict[str, bytes]:
    """Export, empty the site, import, and compare both databases and both exports."""
    before, media = digest(), files()
    export_seeds(tmp_path / "first")
    wipe()
    assert digest() == []
    report = import_seeds([tmp_path / "first"])
    assert (report.exit_code, report.totals["created"]) == (0, 1)
    assert (digest(), files()) == (before, media)
    export_seeds(tmp_path / "second")
    found = contents(tmp_path / "first")
    assert contents(tmp_path / "second") == found
    assert import_seeds([tmp_path / "first"]).totals["unchanged"] == 1
    assert search.check() == []
    return found


@pytest.fixture
def edited(db):
    """The real article, and on top of it what editors do."""
    call_command("import_seeds", str(settings.BASE_DIR / "seeds"), verbosity=0)
    film = Film.objects.get(slug="mei-hua-lu")
    film.title, film.title_origin, film.title_en, film.slug = "鹿", "editor", "The Deer", "lu"
    film.themes.add(Theme.objects.create(name="新主题"))
    film.save()
    answers = list(Exchange.objects.filter(interview__film=film).order_by("position"))
    answers[0].answer = "改过的回答。\n\n第二段。"
    answers[0].topic = Topic.objects.create(name="新问题")
    answers[0].save()
    answers[-1].delete()
    creator = Creator.objects.get(slug="gong-ye")
    creator.bio, creator.bio_en, creator.links = "小传", "A life", ["https://example.org/"]
    creator.save()
    draft = make_film(title="草稿", status="draft", creator=make_creator(name="另一人"), adapted_from=make_work())
    make_interview(film=draft)
    make_interview(heading="圆桌", edition=Edition.objects.get())
    archived = Film.objects.get(slug="camred")
    archived.status = "archived"
    archived.save()
    return film


def test_the_real_article_with_all_that_editors_did(edited, tmp_path):
    files = hold_round_trip(tmp_path)
    edition = json.loads(files["editions/ji-le-shi-jie-2025.json"])
    film = next(film for film in edition["films"] if film["slug"] == "lu")
    assert film["title"] == {"editor": "鹿"}
    assert film["title_en"] == {"editor": "The Deer"}
    assert film["synopsis"].startswith("平静的森林")
    assert film["interviews"][0]["exchanges"][0]["answer"]["editor"].startswith("改过的回答")
    source = next(name for name in files if name.startswith("sources/") and name.endswith(".txt"))
    assert files[source].decode() == Source.objects.get().text
    assert {"model": "film", "slug": "mei-hua-lu", "target": "lu"} in json.loads(files["site.json"])["redirects"]


def test_after_the_round_trip_the_article_is_known_and_editors_words_stay(edited, tmp_path):
    hold_round_trip(tmp_path)
    report = import_seeds([settings.BASE_DIR / "seeds"])
    assert report.totals["unchanged"] + report.totals["updated"] == 1
    assert Film.objects.get(slug="lu").title == "鹿"
    assert Exchange.objects.filter(answer__startswith="改过的回答").count() == 1


def test_a_generated_site(tmp_path):
    generate(200, 1)
    files = hold_round_trip(tmp_path)
    assert sum(body.count(b'"order"') for body in files.values()) > 360


def test_one_edition_takes_along_what_it_needs(edited, tmp_path):
    other = make_film(title="别届", edition=Edition.objects.create(name="别届"))
    Topic.objects.create(name="没人问过"), Theme.objects.create(name="别的")
    export_seeds(tmp_path / "one", Edition.objects.get(name="未来影像计划"))
    wipe()
    assert import_seeds([tmp_path / "one"]).totals["created"] == 1
    assert Edition.objects.count() == 1
    assert not Film.objects.filter(slug=other.slug).exists()
    assert (Topic.objects.filter(name="没人问过").count(), Theme.objects.filter(name="别的").count()) == (0, 0)
    assert Theme.objects.filter(films__slug="lu", name="新主题").exists()
    assert Film.objects.filter(slug="lu", edition__name="未来影像计划").exists()


def test_nothing_is_written_over(edited, tmp_path):
    export_seeds(tmp_path / "out")
    Film.objects.filter(slug="lu").update(synopsis="后来改的")
    Film.objects.get(slug="camred").delete()
    before = digest()
    report = import_seeds([tmp_path / "out"])
    assert report.exit_code == 1
    [file] = report.files
    assert file["reason_code"] == "seeds_differ"
    assert "lu" in file["reason_values"]["entries"]
    assert digest() == before


def test_a_dry_run_writes_nothing_and_drafts_stay_out_of_sight(edited, tmp_path):
    export_seeds(tmp_path / "out")
    wipe()
    assert import_seeds([tmp_path / "out"], dry_run=True).totals["created"] == 1
    assert digest() == []
    import_seeds([tmp_path / "out"], draft=True)
    assert set(Film.objects.values_list("status", flat=True)) == {"draft"}
    assert import_seeds([tmp_path / "out"], draft=True).totals["unchanged"] == 1


@pytest.mark.parametrize("damage", ["missing", "cut", "other"])
def test_a_damaged_folder_is_refused_whole(edited, tmp_path, damage):
    export_seeds(tmp_path / "out")
    path = tmp_path / "out" / "editions" / "ji-le-shi-jie-2025.json"
    if damage == "missing":
        path.unlink()
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:-40])
    else:
        path.write_text(path.read_text().replace('"creator": "gong-ye"', '"creator": "nobody"'))
    wipe()
    report = import_seeds([tmp_path / "out"])
    assert report.exit_code == 1
    assert digest() == []


def test_a_merged_maker_keeps_both_names(edited, tmp_path):
    kept, gone = Creator.objects.get(slug="gong-ye"), make_creator(name="巩小烨")
    merging.join(merging.Wish(Creator, [kept.pk, gone.pk], kept.pk), User.objects.create_user("publisher"))
    hold_round_trip(tmp_path)
    assert Creator.objects.get(slug="gong-ye").aliases == ["巩小烨"]


def test_a_folder_of_others_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Unwritable):
        export_seeds(tmp_path)
    assert contents(tmp_path) == {"mine.txt": b"mine"}


def test_the_command_says_how_to_read_it_back_and_which_editions_there_are(edited, tmp_path, capsys):
    call_command("export_seeds", str(tmp_path / "out"), edition="ji-le-shi-jie-2025")
    assert f"manage.py import_seeds {tmp_path / 'out'}" in capsys.readouterr().out
    with pytest.raises(CommandError, match=r"no edition nothing\. There are: ji-le-shi-jie-2025"):
        call_command("export_seeds", str(tmp_path / "out"), edition="nothing")


def test_a_note_that_names_a_file_elsewhere_is_refused(edited, tmp_path):
    export_seeds(tmp_path / "out")
    note = tmp_path / "out" / NOTE
    note.write_text(note.read_text().replace("site.json", "../secret.json"))
    (tmp_path / "secret.json").write_text("{}")
    [file] = import_seeds([tmp_path / "out"]).files
    assert (file["outcome"], file["reason_code"]) == ("refused", "seeds_unread")
