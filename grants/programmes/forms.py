"""Forms of the strategy's import."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from grants.programmes.strategy_bytes import MAX_BYTES, size
from grants.programmes.strategy_findings import Finding


class UploadForm(forms.Form):
    """The strategy document."""

    document = forms.FileField(
        label=_("Strategy document"),
        allow_empty_file=True,  # the reading says that it is empty
        max_length=255,
        help_text=_("A text file in UTF-8 with the table of goals, directions and activities; up to 1 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.tsv,text/plain"}),
    )

    def clean_document(self) -> UploadedFile:
        """Refuse a large file by its size, before it is read."""
        document: UploadedFile = self.cleaned_data["document"]
        if document.size is not None and document.size > MAX_BYTES:
            raise ValidationError(
                Finding(1, "too_large", {"size": size(document.size), "limit": size(MAX_BYTES)}).message
            )
        return document


class ConfirmForm(forms.Form):
    """Which plan was in force on the page that is confirmed; empty where there was none."""

    seen_plan = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def seen(self) -> Any:
        """The id, or None."""
        return self.cleaned_data.get("seen_plan") if self.is_valid() else None
