"""Addresses of one's own account and of roles."""

from django.urls import include, path

from grants.accounts import views

own = (
    [
        path("language/", views.switch_language, name="language"),
        path("account/profile/", views.profile, name="profile"),
        path("roles/", views.roles, name="roles"),
        path("roles/<int:pk>/revoke/", views.revoke, name="revoke"),
    ],
    "accounts",
)

urlpatterns = [
    path("", include(own)),
    path("account/login/", views.SignInView.as_view(), name="account_login"),
    path("account/", include("allauth.urls")),
]
