"""What the policy table says about documents: the slices that own them decide."""

from django.utils.translation import gettext_lazy as _

from grants.questionnaires.permissions import can_see_document
from workflows.policy import register_verb

register_verb("document.download", _("download a document"), model="grants.document", can=can_see_document)
