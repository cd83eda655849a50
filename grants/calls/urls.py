"""The addresses of calls."""

from django.urls import path

from grants.calls import views

app_name = "calls"
urlpatterns = [
    path("calls/<int:pk>/", views.detail, name="detail"),
    path("calls/<int:pk>/dates/", views.detail, name="dates"),
    path("calls/<int:pk>/fundings/", views.detail, name="fundings"),
    path("calls/<int:pk>/extend/", views.detail, name="extend"),
]
