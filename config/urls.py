"""Every address of the product; each slice names its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("workflows.urls")),
    path("", include("grants.urls")),
    path("", include("reporting.urls")),
]
