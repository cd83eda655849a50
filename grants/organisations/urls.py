"""Addresses of organisations."""

from django.urls import path

from grants.organisations.views import claims, helping, members, organisations

app_name = "organisations"
urlpatterns = [
    path("organisations/", organisations.organisation_list, name="list"),
    path("organisations/mine/", organisations.my_organisations, name="mine"),
    path("organisations/<int:pk>/", organisations.organisation_detail, name="detail"),
    path("organisations/<int:pk>/claim/", claims.claim, name="claim"),
    path("organisations/<int:pk>/invite/", members.invite, name="invite"),
    path("organisations/<int:pk>/help/", helping.help_out, name="help"),
    path("organisations/<int:pk>/log/", helping.log, name="log"),
    path("organisations/<int:pk>/invitations/<int:invitation_pk>/withdraw/", members.withdraw, name="withdraw"),
    path("organisations/<int:pk>/members/<int:user_pk>/", members.member_role, name="member_role"),
    path("organisations/<int:pk>/members/<int:user_pk>/end/", members.end, name="end"),
    path("organisations/claims/<int:pk>/", claims.claim_detail, name="claim_detail"),
    path("invitations/<str:token>/", members.accept, name="accept"),
]
