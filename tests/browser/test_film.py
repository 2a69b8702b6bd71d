"""A film from an editor's disk to a visitor's screen: uploaded, sought through, captioned, replaced, taken away."""

from pathlib import Path
from typing import Any

from django.urls import reverse
from playwright.sync_api import Browser, Page, Route, expect

from films.choices import Role
from films.models import Film, Video
from tests.browser.conftest import Visit
from tests.browser.test_desk import SAVE, change, person
from tests.browser.test_look import looking
from tests.browser.test_policy import VIOLATIONS
from tests.factories import UPLOADS, WEBVTT, make_film

ELSEWHERE = "https://www.youtube-nocookie.com"


def files(media: Path) -> list[str]:
    return sorted(path.suffix for path in (media / "videos").glob("*") if path.is_file())


def kept(page: Page, site: str, film: Film) -> None:
    """Save the film's form, and open it again."""
    page.locator(SAVE).last.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto(site + change(film))


def watch(page: Page) -> dict[str, Any]:
    """Seek to the fifth second and tell what is seen there."""
    page.evaluate("document.querySelector('video').currentTime = 5")
    page.wait_for_function(
        "(film) => !film.seeking && film.textTracks[0].activeCues?.length",
        arg=page.locator("video").element_handle(),
    )
    return page.evaluate(
        """() => {
          const film = document.querySelector("video"), [track] = film.textTracks;
          return { time: film.currentTime, width: film.videoWidth, mode: track.mode,
                   cues: [...track.cues].map((cue) => cue.text), now: track.activeCues[0].text };
        }"""
    )


def test_a_film_is_uploaded_watched_replaced_and_taken_away(
    chromium: Browser, site: str, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    film = make_film(title="鹿")
    with person(chromium, site, Role.PUBLISHERS) as page:
        parts: list[int] = []
        page.on("response", lambda got: parts.append(got.status) if "/media/videos/" in got.url else None)
        page.goto(site + change(film))
        page.locator("[name=video-0-file]").set_input_files(UPLOADS / "small.webm")
        page.locator("#captions-group .add-row a").click()
        page.locator("[name=captions-0-upload]").set_input_files(
            {"name": "字幕.vtt", "mimeType": "text/vtt", "buffer": WEBVTT.encode()}
        )
        kept(page, site, film)
        expect(page.locator("#video-group")).to_contain_text("WebM · 160×90 · 8秒")
        expect(page.locator("[name=captions-0-text]")).to_have_value(WEBVTT)
        page.goto(site + film.get_absolute_url())
        assert watch(page) == {
            "time": 5, "width": 160, "mode": "showing",
            "cues": ["小鹿走进森林", "它再也没有回来"], "now": "它再也没有回来",
        }  # fmt: skip
        assert set(parts) == {206}
        page.goto(f"{site}{reverse('films:search')}?q=回来")
        page.get_by_role("link", name="《鹿》").click()
        expect(page.get_by_text("小鹿走进森林 它再也没有回来")).to_be_visible()
        page.goto(site + change(film))
        page.locator("[name=video-0-file]").set_input_files(UPLOADS / "small.mp4")
        kept(page, site, film)
        assert files(tmp_path) == [".mp4"]
        page.locator("[name=video-0-DELETE]").check()
        kept(page, site, film)
        assert (files(tmp_path), Video.objects.count()) == ([], 0)
        page.locator("[name=video-0-address]").fill("https://youtu.be/dQw4w9WgXcQ")
        kept(page, site, film)
    is_asked_only_after_the_click(chromium, site, film)


def is_asked_only_after_the_click(chromium: Browser, site: str, film: Film) -> None:
    with looking(chromium, site, viewport={"width": 1280, "height": 800}) as visit:
        asked = answered_elsewhere(visit)
        visit.page.context.add_init_script(VIOLATIONS)
        response = visit.page.goto(site + film.get_absolute_url())
        assert response is not None
        assert f"frame-src {ELSEWHERE}" in response.headers["content-security-policy"].split("; ")
        visit.page.wait_for_load_state("networkidle")
        assert visit.page.locator(".at-site a").get_attribute("href") == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
        assert asked == []
        visit.page.locator(".at-site a").click()
        expect(visit.page.frame_locator(".screen iframe").get_by_text("放映中")).to_be_visible()
        assert asked == [f"{ELSEWHERE}/embed/dQw4w9WgXcQ?autoplay=1&rel=0"]
        assert visit.page.evaluate("window.violations") == []
        visit.page.evaluate("document.querySelector('iframe').src = 'https://player.vimeo.com/video/1'")
        visit.page.wait_for_function("window.violations.length")
        assert visit.page.evaluate("window.violations[0]").startswith("frame-src https://player.vimeo.com")
        assert len(asked) == 1
        visit.console.clear()
        visit.elsewhere.clear()


def answered_elsewhere(visit: Visit) -> list[str]:
    """What is asked of other sites; none of it leaves this machine."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(content_type="text/html; charset=utf-8", body="<p>放映中</p>")

    visit.page.context.route(lambda url: not url.startswith(visit.site), answer)
    return asked
