"""Every address of the product; each slice names its own."""

from django.urls import URLPattern, URLResolver, include, path

from config import demo_views, views

handler500 = views.failure_page
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("workflows.urls")),
    path("", include("grants.urls")),
    path("", include("reporting.urls")),
    path("theme/", views.set_theme, name="theme"),
    path("demonstration/start-over/", demo_views.start_over, name="start_over"),
    path("design/", views.design_page, name="design"),
]
