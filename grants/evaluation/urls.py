"""The addresses of evaluation."""

from django.urls import path

from grants.evaluation.views import indicators, measurements

app_name = "evaluation"
urlpatterns = [
    path("projects/<int:pk>/indicators/", indicators.indicators, name="indicators"),
    path("indicators/<int:pk>/<slug:wave>/", indicators.measure, name="measure"),
    path("measurements/<int:pk>/", measurements.measurement, name="measurement"),
    path("measurements/<int:pk>/approve/", measurements.approve, name="approve"),
]
