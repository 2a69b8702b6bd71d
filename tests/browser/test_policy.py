"""What the Content-Security-Policy forbids is nowhere asked for: no page, no admin page, no click."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse
from playwright.sync_api import Browser, expect

from films.models import Film, User
from tests.admin.rows import ROWS, full_film
from tests.browser.conftest import Visit
from tests.browser.test_look import addresses, go, looking

VIOLATIONS = """window.violations = [];
addEventListener("securitypolicyviolation", (event) =>
  window.violations.push([event.effectiveDirective, event.blockedURI, event.sample].join(" ")));"""


@pytest.fixture
def watched(chromium: Browser, site: str) -> Iterator[Visit]:
    """A visitor whose browser reports whatever the policy refuses."""
    with looking(chromium, site, viewport={"width": 1280, "height": 900}) as visit:
        visit.page.context.add_init_script(VIOLATIONS)
        visit.page.set_default_timeout(20_000)
        yield visit
        visit.is_clean()


def refused(visit: Visit) -> list[str]:
    return visit.page.evaluate("window.violations")


def test_the_watch_notices_what_is_refused(watched):
    watched.open("/")
    for inline in (
        "document.body.setAttribute('style', 'color: red')",
        "document.body.innerHTML += '<img src=data:,>'",
    ):
        watched.page.evaluate(inline)
    watched.page.wait_for_function("window.violations.length > 1")
    assert {found.split()[0] for found in refused(watched)} == {"style-src-attr", "img-src"}
    assert len(watched.console) == 2
    watched.console.clear()


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_no_page_asks_for_what_is_forbidden(watched, prefix):
    for address in addresses():
        go(watched, prefix + address)
        for summary in watched.page.locator("summary:visible").all()[:2]:
            summary.click()
        watched.page.locator("input[name=appearance]").last.check()
        assert refused(watched) == [], address


def test_a_poster_opened_by_itself_is_drawn_and_so_it_is_in_a_page(watched):
    film = Film.objects.get(title="梅花鹿")
    address = reverse("wide_poster", args=[film.slug])
    watched.page.goto(watched.site + address)
    assert watched.page.evaluate("document.rootElement.getBBox().width") > 0
    ground = "getComputedStyle(document.querySelector('[fill]')).fill"
    assert watched.page.evaluate(ground) not in ("rgb(0, 0, 0)", "none")
    assert refused(watched) == []
    watched.open("/films/")
    width = f"new Promise((done) => {{ const i = new Image(); i.onload = () => done(i.width); i.src = '{address}'; }})"
    assert watched.page.evaluate(width) == 640
    assert refused(watched) == []


def sign_in(visit: Visit) -> None:
    User.objects.create_superuser("editor", password="editor-password-1")
    visit.page.goto(visit.site + reverse("admin:login"))
    assert refused(visit) == []
    client = Client()
    client.force_login(User.objects.get(username="editor"))
    key = client.cookies["sessionid"].value
    visit.page.context.add_cookies([{"name": "sessionid", "value": key, "url": visit.site}])


def desk_addresses() -> Iterator[str]:
    """Each kind of admin page of each model, and the pages beside them."""
    request = RequestFactory().get("/")
    request.user = User.objects.get(username="editor")
    yield from (reverse(f"admin:{name}") for name in ("index", "password_change", "password_change_done"))
    for model in admin.site._registry:
        row = ROWS[model](2)
        names = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse("admin:app_list", args=[model._meta.app_label])
        yield reverse(f"{names}_changelist")
        yield reverse(f"{names}_changelist") + "?q=没有这个词"
        yield from (reverse(f"{names}_{page}", args=[row.pk]) for page in ("change", "history"))
        if admin.site._registry[model].has_delete_permission(request, row):
            yield reverse(f"{names}_delete", args=[row.pk])
        if admin.site._registry[model].has_add_permission(request):
            yield reverse(f"{names}_add")
            yield reverse(f"{names}_add") + "?_to_field=id&_popup=1"


def test_no_admin_page_asks_for_what_is_forbidden(watched):
    sign_in(watched)
    seen = set(desk_addresses())
    assert len(seen) > 70
    for address in sorted(seen):
        response = watched.page.goto(watched.site + address)
        assert response is not None
        assert response.status == 200, address
        assert refused(watched) == [], address


def test_the_admin_s_own_script_works_under_the_policy(watched):
    """A row more, a suggestion, a refused save, a bulk deletion asked back: what the admin writes by script."""
    film = full_film()
    sign_in(watched)
    page = watched.page
    page.goto(watched.site + reverse("admin:films_film_change", args=[film.pk]))
    page.locator("#credits-group .add-row a").click()
    page.locator("#credits-group .select2-selection:visible").last.click()
    page.locator(".select2-search__field:visible").last.fill("作")
    expect(page.locator(".select2-results__option").first).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("[name=runtime_seconds]").fill("-3")
    page.locator("[name=_save]").click()
    expect(page.locator(".errornote")).to_be_visible()
    assert refused(watched) == []
    page.goto(watched.site + reverse("admin:films_film_changelist"))
    page.locator("#action-toggle").check()
    page.locator("[name=action]").select_option("delete_selected")
    page.locator("#changelist-form .actions button").click()
    assert refused(watched) == []
    watched.failed.clear()
