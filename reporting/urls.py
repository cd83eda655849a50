"""The addresses of reports and of the home page."""

from django.urls import URLPattern, URLResolver, include, path

from reporting import views
from reporting.glossary.views import glossary
from reporting.guidance.views import accessibility, help_page
from reporting.homes import lists
from reporting.search.views import search

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("search/", search, name="search"),
    path("glossary/", glossary, name="glossary"),
    path("help/", help_page, name="help"),
    path("accessibility/", accessibility, name="accessibility"),
    path("deadlines/", lists.deadlines, name="deadlines"),
    path("reminders/", lists.reminders, name="reminders"),
    path("jobs/", lists.jobs, name="jobs"),
    path("organisations/alone/", lists.organisations_alone, name="lonely"),
    path("log/", lists.log_check, name="log_check"),
    path("impact/", include("reporting.impact.urls")),
    path("funded/", include("reporting.showcase.urls")),
    path("pictures/", include("reporting.pictures.urls")),
]
