"""The addresses of the tables behind pictures."""

from django.urls import path

from reporting.pictures import views

app_name = "pictures"
urlpatterns = [path("<slug:kind>/<slug:key>.csv", views.csv, name="csv")]
