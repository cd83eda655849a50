"""The addresses of the engine."""

from django.urls import path

from workflows import views

app_name = "workflows"
urlpatterns = [
    path("my-work/", views.my_work_page, name="my_work"),
    path("step/<str:label>/<int:pk>/<slug:name>/", views.transition_page, name="transition"),
]
