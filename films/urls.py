"""What visitors can open, in each language."""

from django.urls import path

from films import feeds
from films.views import creators, editions, films, home, interviews, search, sources, tools, topics, works

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
]
