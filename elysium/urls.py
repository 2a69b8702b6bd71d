"""Every address: Chinese at the root, English under /en/, the admin and the machines' files beside them."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from films.urls import api_patterns
from films.views import captions, machines, media, posters, sitemaps

handler400 = "elysium.errors.bad_request"
handler403 = "elysium.errors.permission_denied"
handler404 = "elysium.errors.page_not_found"
# Whatever failed: what could not be stored is given back, instead of being called a mistake.
handler500 = "films.admin.unwritten.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("healthz", machines.healthz, name="healthz"),
    path("readyz", machines.readyz, name="readyz"),
    path("robots.txt", machines.robots, name="robots"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("media/<path:name>", media.media_file, name="media"),
    path("captions/<slug:slug>/<slug:name>.vtt", captions.film_captions, name="captions"),
    path("posters/<slug:slug>.png", posters.share_image, name="share_image"),
    path("posters/<slug:slug>.svg", posters.wide_poster, name="wide_poster"),
    path("api/v1/", include(api_patterns)),
    path("sitemap.xml", sitemaps.site_map, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.site_map_section, name="sitemap_section"),
    *i18n_patterns(path("", include("films.urls")), prefix_default_language=False),
]
