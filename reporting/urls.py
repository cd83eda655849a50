"""The addresses of reports and of the home page."""

from django.urls import URLPattern, URLResolver, include, path

from reporting import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("impact/", include("reporting.impact.urls")),
    path("funded/", include("reporting.showcase.urls")),
    path("pictures/", include("reporting.pictures.urls")),
]
