"""The addresses of public pages; each stays for ever."""

from django.urls import path

from reporting.showcase import views

app_name = "showcase"
urlpatterns = [
    path("", views.funded_list, name="list"),
    path("results/", views.results_list, name="calls"),
    path("results/<slug:code>/", views.results_of_call, name="results"),
    path("results/<slug:code>.csv", views.results_csv, name="results_csv"),
    path("how/", views.how, name="how"),
    path("figures/", views.programme_figures, name="figures"),
    path("figures.csv", views.figures_csv, name="figures_csv"),
    path("projects/<slug:number>/", views.project, name="project"),
]
