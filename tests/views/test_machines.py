"""Short answers for machines."""

import datetime as dt

import pytest
from django.utils import timezone


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_machines_addresses_have_no_language(client, path):
    assert client.get(f"/en{path}").status_code == 404


def test_robots_name_the_sitemap_and_close_the_desk(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    closed = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow")]
    assert closed == ["/admin/", "/i18n/", "/preview/", "/en/preview/"]
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"


def test_security_txt_names_a_contact_and_lasts(client, settings):
    settings.DEFAULT_FROM_EMAIL = "Elysium <desk@example.org>"
    fields = dict(
        line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines()
    )
    assert fields["Contact"] == "mailto:desk@example.org"
    assert fields["Canonical"] == "http://testserver/.well-known/security.txt"
    expires = dt.datetime.fromisoformat(fields["Expires"])
    assert timezone.now() + dt.timedelta(days=30) < expires < timezone.now() + dt.timedelta(days=366)


@pytest.mark.parametrize("path", ["/robots.txt", "/.well-known/security.txt", "/films/", "/healthz", "/readyz"])
@pytest.mark.django_db
def test_addresses_are_for_reading_only(client, path):
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200
