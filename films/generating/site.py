"""Making a site and taking it away again."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from random import Random
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from films.generating.batch import Films
from films.generating.shelf import MARK, Shelf
from films.generating.texts import Texts
from films.models import Edition, Film, ImportRun, Interview, Source
from films.planner import tell_planner
from films.search import rewrite

BATCH = 1000
REMOVED_AT_ONCE = 500
# What a site is made of that articles give; whatever else it has is remembered by its ids.
OF_ARTICLES: tuple[type[Any], ...] = (Interview, Film, Edition)
SHARED = ("work", "creator", "tool", "topic", "theme", "organisation")

Progress = Callable[[int, int], None]


class RealContent(Exception):
    """Somebody's films are there already."""

    def __init__(self, counts: dict[str, int]) -> None:
        self.counts = counts


class GeneratedBefore(Exception):
    """The site of this seed is there already."""


def is_generated(prefix: str = "source__") -> Q:
    """Rows that `generate` made."""
    return Q(**{f"{prefix}identity__startswith": MARK})


def generate(
    number: int,
    seed: int,
    *,
    beside_real_content: bool = False,
    progress: Progress = lambda done, total: None,
) -> dict[str, int]:
    """Make a site of so many films, the same for the same seed; gives how many rows of each kind.

    Written batch by batch; raises RealContent where editors or articles made anything, unless told otherwise.
    """
    if Source.objects.filter(identity__startswith=f"{MARK}{seed}-").exists():
        raise GeneratedBefore
    if not beside_real_content and (counts := real_content()):
        raise RealContent(counts)
    run = ImportRun.objects.create(options={"generate_films": number, "seed": seed})
    chance = Random(seed)  # noqa: S311 (not a secret: the same site each time)
    shelf = Shelf(number, seed, chance, Texts(chance))
    with transaction.atomic():
        shelf.fill()
        index(creators=shelf.made["creator"], works=shelf.made["work"], editions=[row.pk for row in shelf.editions])
        run.report = {"made": {name: list(spans(ids)) for name, ids in shelf.made.items()}}
        run.save()
    write_films(Films(shelf), number, progress)
    counts = {str(model._meta.model_name): ours(model, seed).count() for model in OF_ARTICLES}
    run.counts, run.finished_at = counts, timezone.now()
    run.save()
    return counts


def write_films(films: Films, number: int, progress: Progress) -> None:
    """Each batch with its search documents in one transaction."""
    for start in range(0, number, BATCH):
        with transaction.atomic():
            written, talks = films.write(range(start, min(start + BATCH, number)))
            index(films=written, interviews=talks)
        progress(min(start + BATCH, number), number)
    tell_planner()


def index(**ids: Iterable[int]) -> None:
    kinds = ("films", "interviews", "creators", "works", "editions")
    rewrite(*(ids.get(kind, ()) for kind in kinds))


def real_content() -> dict[str, int]:
    """How much there is that `generate` did not make, by noun."""
    counts = {str(model._meta.model_name): real(model).count() for model in OF_ARTICLES}
    counts["source"] = Source.objects.exclude(is_generated("")).count()
    return {name: count for name, count in counts.items() if count}


def real(model: type[Any]) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.filter(Q(source=None) | ~is_generated())
    return rows


def ours(model: type[Any], seed: int | None = None) -> QuerySet[Any]:
    mark = MARK if seed is None else f"{MARK}{seed}-"
    rows: QuerySet[Any] = model.objects.filter(source__identity__startswith=mark)
    return rows


def remove(progress: Progress = lambda done, total: None) -> int:
    """Take away every generated row, some at a time; gives how many films went.

    A person, tool, topic, theme, work or organisation stays if something of the site's own has come to use it.
    """
    total = films = ours(Film).count()
    for model in OF_ARTICLES:
        for ids in batches(ours(model)):
            model.objects.filter(pk__in=ids).delete()
            films -= len(ids) if model is Film else 0
            progress(total - films, total)
    Source.objects.filter(is_generated("")).delete()
    for run in ImportRun.objects.filter(options__has_key="generate_films"):
        remove_shared(run.report.get("made", {}))
        run.delete()
    return total


def remove_shared(made: dict[str, list[list[int]]]) -> None:
    for name in SHARED:
        model = apps.get_model("films", name)
        for first, last in made.get(name, ()):
            unused = model._default_manager.filter(pk__range=(first, last))
            for relation in model._meta.related_objects:
                unused = unused if relation.hidden else unused.filter(**{f"{relation.name}__isnull": True})
            for ids in batches(unused):
                model._default_manager.filter(pk__in=ids).delete()


def batches(rows: QuerySet[Any]) -> Iterator[list[int]]:
    """The ids of what is still there, until nothing is."""
    while ids := list(rows.order_by().values_list("pk", flat=True)[:REMOVED_AT_ONCE]):
        yield ids


def spans(ids: Iterable[int]) -> Iterator[list[int]]:
    """Runs of following ids, each as its first and its last."""
    for _, run in groupby(enumerate(sorted(ids)), key=lambda pair: pair[1] - pair[0]):
        members = [pk for _place, pk in run]
        yield [members[0], members[-1]]
