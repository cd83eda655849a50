"""The addresses of projects."""

from django.urls import path

from grants.projects import views

app_name = "projects"
urlpatterns = [
    path("projects/<int:pk>/", views.detail, name="detail"),
]
