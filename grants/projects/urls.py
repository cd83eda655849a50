"""The addresses of projects."""

from django.urls import path

from grants.projects import views

app_name = "projects"
urlpatterns = [
    path("projects/", views.project_list, name="list"),
    path("projects/mine/", views.mine, name="mine"),
    path("projects/<int:pk>/", views.detail, name="detail"),
    path("projects/<int:pk>/allocate/", views.allocate, name="allocate"),
    path("projects/<int:pk>/invite/", views.invite, name="invite"),
]
