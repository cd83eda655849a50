"""Addresses of programmes and plans."""

from django.urls import path

from grants.programmes import views

app_name = "programmes"
urlpatterns = [
    path("programmes/", views.programmes, name="programmes"),
    path("plans/import/", views.plan_import, name="import"),
    path("plans/uploads/<int:pk>/", views.upload, name="upload"),
    path("plans/<int:pk>/", views.plan, name="plan"),
]
