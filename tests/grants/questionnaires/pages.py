"""Addresses with one page more: a section of a sheet and nothing else, to be tried in a browser."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import RequestContext, Template
from django.urls import path

from config.urls import urlpatterns as product
from grants.questionnaires.forms import build_section_form
from grants.questionnaires.models import AnswerSheet
from grants.questionnaires.services import save_section
from grants.questionnaires.typed import autosave_response, signed_in_keeping_text, wants_json

PAGE = """{% extends "base.html" %}{% load static %}
{% block head %}<script src="{% static 'js/forms.js' %}" defer></script>{% endblock %}
{% block content %}<h1>{{ section.title }}</h1><p role="status" data-saved></p>
<form method="post" enctype="multipart/form-data" novalidate data-answers data-person="{{ user.pk }}">{% csrf_token %}
{% include "grants/questionnaires/section_fields.html" %}
<button class="btn" name="save">Save</button></form>{% endblock %}"""


@signed_in_keeping_text
def section(request, pk, name):
    sheet = AnswerSheet.objects.select_related("questionnaire").get(pk=pk)
    data, result = request.kept, None
    if request.method == "POST":
        result = save_section(sheet=sheet, section_id=name, data=request.POST, files=request.FILES, by=request.user)
        if wants_json(request):
            return autosave_response(result)
        if not result.conflicts:
            return redirect(request.path)
        data = request.POST
    form = build_section_form(sheet, name, data, result=result)
    return HttpResponse(Template(PAGE).render(RequestContext(request, {"section": form})))


urlpatterns = [path("sheets/<int:pk>/<str:name>/", section), *product]
