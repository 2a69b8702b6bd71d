"""What visitors can open, in each language, and what programs can."""

from django.urls import path, re_path

from films import feeds
from films.views import api, creators, editions, films, home, interviews, search, sources, tools, topics, works

app_name = "films"

urlpatterns = [
    path("", home.home, name="home"),
    path("films/", films.film_list, name="film_list"),
    path("films/<slug:slug>/", films.film_detail, name="film_detail"),
    path("interviews/", interviews.interview_list, name="interview_list"),
    path("interviews/<slug:slug>/", interviews.interview_detail, name="interview_detail"),
    path("creators/", creators.creator_list, name="creator_list"),
    path("creators/<slug:slug>/", creators.creator_detail, name="creator_detail"),
    path("editions/", editions.edition_list, name="edition_list"),
    path("editions/<slug:slug>/", editions.edition_detail, name="edition_detail"),
    path("topics/", topics.topic_list, name="topic_list"),
    path("topics/<slug:slug>/", topics.topic_detail, name="topic_detail"),
    path("tools/", tools.tool_list, name="tool_list"),
    path("tools/<slug:slug>/", tools.tool_detail, name="tool_detail"),
    path("works/<slug:slug>/", works.work_detail, name="work_detail"),
    path("sources/<slug:slug>/", sources.source_detail, name="source_detail"),
    path("search/", search.search_page, name="search"),
    path("feeds/films.atom", feeds.FilmFeed(), name="film_feed"),
    path("feeds/interviews.atom", feeds.InterviewFeed(), name="interview_feed"),
    path("feeds/editions/<slug:slug>.atom", feeds.EditionFeed(), name="edition_feed"),
]

# /api/v1/: one address for both languages
api_patterns = (
    [
        path("", api.index, name="index"),
        path("openapi.json", api.describe, name="description"),
        path("films/", api.film_list, name="film_list"),
        path("films/<slug:slug>/", api.film_detail, name="film_detail"),
        path("interviews/", api.interview_list, name="interview_list"),
        path("interviews/<slug:slug>/", api.interview_detail, name="interview_detail"),
        path("creators/", api.creator_list, name="creator_list"),
        path("creators/<slug:slug>/", api.creator_detail, name="creator_detail"),
        path("editions/", api.edition_list, name="edition_list"),
        path("editions/<slug:slug>/", api.edition_detail, name="edition_detail"),
        path("topics/", api.topic_list, name="topic_list"),
        path("topics/<slug:slug>/", api.topic_detail, name="topic_detail"),
        # Only with a slash at the end, so that Django still adds one where it is all that is missing.
        re_path(r"^(?P<rest>.*)/$", api.missing, name="missing"),
    ],
    "api",
)
