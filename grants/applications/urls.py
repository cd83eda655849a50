"""The addresses of applications."""

from django.urls import path

from grants.applications.views import checking, clarifying, drafts, lists, receipts, returning, submitting

app_name = "applications"
urlpatterns = [
    path("applications/", lists.index, name="list"),
    path("applications/calls/<int:pk>/", lists.of_call, name="of_call"),
    path("applications/start/<int:pk>/", drafts.start, name="start"),
    path("applications/verify/", receipts.verify, name="verify"),
    path("applications/receipts/<slug:number>/", receipts.receipt, name="receipt"),
    path("applications/receipts/<slug:number>/received.json", receipts.content, name="content"),
    path("applications/clarifications/<int:pk>/", clarifying.clarification, name="clarification"),
    path("applications/<int:pk>/", drafts.detail, name="detail"),
    path("applications/<int:pk>/sections/<slug:section>/", drafts.section, name="section"),
    path("applications/<int:pk>/check/", drafts.check, name="check"),
    path("applications/<int:pk>/check/<slug:section>/", drafts.section_from_check, name="section_from_check"),
    path("applications/<int:pk>/submit/", submitting.submit, name="submit"),
    path("applications/<int:pk>/attempts/", submitting.attempts, name="attempts"),
    path("applications/<int:pk>/versions/<int:number>/", receipts.record, name="record"),
    path("applications/<int:pk>/abandon/", returning.abandon, name="abandon"),
    path("applications/<int:pk>/reopen/", returning.reopen, name="reopen"),
    path("applications/<int:pk>/withdraw/", returning.withdraw, name="withdraw"),
    path("applications/<int:pk>/eligibility/", checking.eligibility, name="eligibility"),
    path("applications/<int:pk>/ineligible/", checking.ineligible, name="ineligible"),
    path("applications/<int:pk>/clarify/", clarifying.ask, name="clarify"),
]
