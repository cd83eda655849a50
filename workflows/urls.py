"""The addresses of the engine."""

from django.urls import path

from workflows import health_views, job_views, message_views, policy_views, views

app_name = "workflows"
urlpatterns = [
    path("my-work/", views.my_work_page, name="my_work"),
    path("step/<str:label>/<int:pk>/<slug:name>/", views.transition_page, name="transition"),
    path("messages/", message_views.message_list_page, name="messages"),
    path("messages/<slug:key>/", message_views.message_page, name="message"),
    path("messages/<slug:key>/retry/", message_views.retry_page, name="message_retry"),
    path("messages/<slug:key>/address/", message_views.address_page, name="message_address"),
    path("messages/<slug:key>/cancel/", message_views.cancel_page, name="message_cancel"),
    path("jobs/<uuid:key>/", job_views.job_page, name="job"),
    path("jobs/<uuid:key>/cancel/", job_views.cancel_job_page, name="job_cancel"),
    path("jobs/<uuid:key>/file/", job_views.job_file_page, name="job_file"),
    path("policy/", policy_views.policy_page, name="policy"),
    path("policy/why/", policy_views.why_page, name="policy_why"),
    path("health", health_views.health_page, name="health"),
    path("health/alive", health_views.alive_page, name="alive"),
]
