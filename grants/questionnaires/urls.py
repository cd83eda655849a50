"""The address of documents."""

from django.urls import path

from grants.questionnaires import views

app_name = "questionnaires"
urlpatterns = [
    path("documents/<uuid:public_id>/", views.document_download, name="document"),
]
