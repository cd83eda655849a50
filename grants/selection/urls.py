"""The addresses of selection."""

from django.urls import path

from grants.selection.views import coordinator, evaluator

app_name = "selection"
urlpatterns = [
    path("reviews/", evaluator.my_reviews, name="my_reviews"),
    path("reviews/<int:pk>/", evaluator.review, name="review"),
    path("conflicts/", evaluator.conflicts, name="conflicts"),
    path("conflicts/<int:pk>/", evaluator.conflict, name="conflict"),
    path("projects/<int:pk>/step-aside/", evaluator.step_aside, name="step_aside"),
    path("calls/<int:pk>/evaluators/", coordinator.evaluators, name="evaluators"),
    path("calls/<int:pk>/evaluators/assign/", coordinator.assign, name="assign"),
    path("calls/<int:pk>/ranking/", coordinator.ranking, name="ranking"),
    path("calls/<int:pk>/decisions/", coordinator.decisions, name="decisions"),
    path("calls/<int:pk>/decisions/confirm/", coordinator.confirm, name="confirm"),
    path("calls/<int:pk>/decisions/announce/", coordinator.announce, name="announce"),
]
