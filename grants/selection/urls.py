"""The addresses of selection."""

from django.urls import path

from grants.selection.views import announcing, coordinator, deciding, evaluator, reviewing

app_name = "selection"
urlpatterns = [
    path("reviews/", evaluator.my_reviews, name="my_reviews"),
    path("reviews/<int:pk>/", reviewing.review, name="review"),
    path("conflicts/", evaluator.conflicts, name="conflicts"),
    path("conflicts/<int:pk>/", evaluator.conflict, name="conflict"),
    path("projects/<int:pk>/step-aside/", evaluator.step_aside, name="step_aside"),
    path("calls/<int:pk>/evaluators/", coordinator.evaluators, name="evaluators"),
    path("calls/<int:pk>/evaluators/assign/", coordinator.assign, name="assign"),
    path("calls/<int:pk>/evaluators/<int:evaluator_pk>/remove/", coordinator.remove, name="remove_evaluator"),
    path("calls/<int:pk>/ranking/", coordinator.ranking, name="ranking"),
    path("calls/<int:pk>/decisions/", deciding.decisions, name="decisions"),
    path("calls/<int:pk>/decisions/confirm/", deciding.confirm, name="confirm"),
    path("calls/<int:pk>/decisions/announce/", announcing.announce, name="announce"),
    path("calls/<int:pk>/decisions/<int:decision_pk>/letters/", announcing.letters, name="letters"),
]
