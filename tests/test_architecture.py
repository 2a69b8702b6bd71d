"""The layers of the house: a file imports from lower ones only, at its top."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINE_LIMIT = 300
PURE, MODELS, WORK, FACES, DOORS = range(5)

# The longest matching name decides; a module that nothing matches is refused, so that it gets a layer on purpose.
LAYERS = {
    "films.text": PURE,
    "films.differing": PURE,
    "films.files": PURE,
    "films.formats": PURE,
    "films.patterns": PURE,
    "films.poster": PURE,
    "films.choices": PURE,
    "films.validators": PURE,
    "films.reading": PURE,
    "films.uploads": PURE,
    "films.data": PURE,
    "films.models": MODELS,
    "films.importer": WORK,
    "films.generating": WORK,
    "films.search": WORK,
    "films.publishing": WORK,
    "films.preview": WORK,
    "films.planner": WORK,
    "films.provenance": WORK,
    "films.history": WORK,
    "films.missing": WORK,
    "films.security": WORK,
    "films.suggestions": WORK,
    "films.merging": WORK,
    "films.charts": PURE,
    "films.roles": WORK,
    "films.crossing": WORK,
    "films.backup": WORK,
    "films.moving": WORK,
    "films.verifying": WORK,
    "films.site_export": WORK,
    "films.seeding": WORK,
    "films.share_image": WORK,
    "films.shown_media": WORK,
    "films.checks": WORK,
    "films.checking": WORK,
    "films.kept": WORK,
    "films.readiness": WORK,
    "films.unwritable": WORK,
    "films.pages": WORK,
    "films.generation": WORK,
    "films.facets": FACES,
    "films.filters": FACES,
    "films.list_facets": FACES,
    "films.list_filter": FACES,
    "films.list_pages": FACES,
    "films.list_orders": FACES,
    "films.forms": FACES,
    "films.feeds": FACES,
    "films.sitemaps": FACES,
    "films.structured_data": FACES,
    "films.structured_video": FACES,
    "films.api": FACES,
    "films.shortcuts": FACES,
    "films.templatetags": FACES,
    "films.views": DOORS,
    "films.refusals": DOORS,
    "films.admin": DOORS,
    "films.management": DOORS,
    "films.urls": DOORS,
    "films.apps": DOORS,
}
NO_DJANGO = ("films.text", "films.patterns", "films.charts", "films.poster", "films.reading")
STATUS_WORDS = re.compile(r"(^|__)status(__|$)")
VISIBILITY = "films/models/publishable.py"


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def sources(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


FILMS = sources("films")
OURS = sources("films", "elysium")
MODULES = {module_of(path) for path in OURS}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def imports(path: Path) -> list[str]:
    """Every module that is imported, relative ones excepted (there are none)."""
    return list(found_in(path))


def found_in(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}, line {node.lineno}: write the whole name of the module"
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in MODULES else str(node.module) for name in whole)


def layer_key(module: str) -> str:
    """The entry of LAYERS that a module belongs to."""
    keys = [key for key in LAYERS if module == key or module.startswith(f"{key}.")]
    assert keys, f"{module} has no layer: give it one in tests/test_architecture.py"
    return max(keys, key=len)


def complaint(module: str, imported: str) -> str | None:
    """Say what is wrong with one of our modules importing another."""
    if imported.split(".")[0] == "elysium":
        return f"{module} imports {imported}: the app does not know the project"
    if imported.split(".")[0] != "films" or imported == "films":
        return None
    mine, theirs = layer_key(module), layer_key(imported)
    if LAYERS[theirs] > LAYERS[mine]:
        return f"{module} imports {imported} from a higher layer"
    if LAYERS[mine] == DOORS == LAYERS[theirs] and mine not in {theirs, "films.urls"}:
        return f"{module} imports {imported}: doors never open one another"
    return None


def test_imports_go_downward():
    pairs = [(module_of(path), imported) for path in FILMS for imported in imports(path)]
    wrong = [complaint(module, imported) for module, imported in pairs if module != "films"]
    assert len(pairs) > len(FILMS)
    assert [sentence for sentence in wrong if sentence] == []


@pytest.mark.parametrize(
    ("module", "imported", "wrong"),
    [
        ("films.models.film", "films.text", False),
        ("films.models.film", "films.importer.plan", True),
        ("films.reading.talk", "films.models", True),
        ("films.search", "films.filters", True),
        ("films.views.films", "films.admin.film", True),
        ("films.admin.source", "films.views.sources", True),
        ("films.management.commands.import_seeds", "films.importer", False),
        ("films.views.films", "films.views.paging", False),
        ("films.urls", "films.views", False),
        ("films.text", "elysium.settings", True),
    ],
)
def test_the_rule_knows_up_from_down(module, imported, wrong):
    assert bool(complaint(module, imported)) is wrong


def test_a_module_without_a_layer_is_refused():
    with pytest.raises(AssertionError, match=r"films\.surprise has no layer"):
        layer_key("films.surprise")


def test_nothing_imports_in_a_circle():
    graph = {module_of(path): {name for name in imports(path) if name in MODULES} for path in OURS}
    packages = {module for module in graph if any(other.startswith(f"{module}.") for other in graph)}
    # A package's own files import one another by their full names, never through the package.
    assert not [(module, name) for module, names in graph.items() for name in names & packages if name + "." in module]
    assert list(TopologicalSorter(graph).static_order())


def test_pure_files_do_without_django():
    pure = [path for path in FILMS if module_of(path).startswith(NO_DJANGO)]
    assert len(pure) > len(NO_DJANGO)
    assert [path for path in pure for name in imports(path) if name.split(".")[0] == "django"] == []


def inner_imports(path: Path) -> list[int]:
    """Lines with an import inside a function that gives no reason."""
    lines = path.read_text(encoding="utf-8").splitlines()
    functions = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef)]
    inner = [n for f in functions for n in ast.walk(f) if isinstance(n, ast.Import | ast.ImportFrom)]
    return [n.lineno for n in inner if "noqa: PLC0415" not in lines[n.lineno - 1]]


def test_imports_stand_at_the_top():
    assert [(module_of(path), line) for path in OURS for line in inner_imports(path)] == []


def test_files_stay_short():
    assert [path for path in OURS if len(path.read_text(encoding="utf-8").splitlines()) >= LINE_LIMIT] == []


def status_filters(tree: ast.AST) -> list[int]:
    """Lines on which a call of the ORM asks for a status."""
    words = {"filter", "exclude", "get", "Q", "aggregate", "get_object_or_404", "get_list_or_404"}
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (getattr(node.func, "attr", None) or getattr(node.func, "id", "")) in words
        and any(keyword.arg and STATUS_WORDS.search(keyword.arg) for keyword in node.keywords)
    ]


# The desk names states; what visitors see is `published()` and nothing else.
TOWARDS_VISITORS = [p for p in FILMS if p != ROOT / VISIBILITY and "admin" not in p.parts]


def test_only_published_knows_what_is_public():
    assert [(module_of(path), line) for path in TOWARDS_VISITORS for line in status_filters(tree_of(path))] == []


def test_a_status_filter_is_seen():
    assert status_filters(ast.parse("Film.objects.filter(status='published')")) == [1]
    assert status_filters(ast.parse("x.exclude(film__status__in=hidden)")) == [1]
    assert status_filters(ast.parse("Film.objects.create(status='draft')")) == []


# A script element loads a file of ours or holds data; it never holds code.
UNSAFE = re.compile(
    r"\|\s*safe\b|\bautoescape off\b|\sstyle=|<style\b|\son[a-z]+="
    r"|<script(?![^>]*\b(src=|type=\"application/ld\+json\"))"
)


def test_templates_mark_nothing_safe_and_carry_no_script_or_style():
    templates = {path: path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")}
    assert len(templates) > 50
    assert {path: found[0] for path, text in templates.items() if (found := UNSAFE.search(text))} == {}
