"""The addresses of calls: public pages by code, working pages below them."""

from django.urls import path

from grants.calls import views

app_name = "calls"
urlpatterns = [
    path("calls/", views.public_list, name="list"),
    path("calls/manage/", views.staff_list, name="staff_list"),
    path("calls/load/", views.load, name="load"),
    path("calls/<slug:code>/", views.detail, name="detail"),
    path("calls/<slug:code>/manage/", views.manage, name="manage"),
    path("calls/<slug:code>/dates/", views.dates, name="dates"),
    path("calls/<slug:code>/extend/", views.extend, name="extend"),
    path("calls/<slug:code>/fundings/", views.fundings, name="fundings"),
]
