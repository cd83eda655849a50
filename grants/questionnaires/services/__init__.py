"""Everything that changes a questionnaire, a sheet, an answer or a document."""

from grants.questionnaires.file_content import FileRefused
from grants.questionnaires.services.answers import Conflict, SaveResult, keep_files, save_section
from grants.questionnaires.services.copying import copy_answers, copyable_answers
from grants.questionnaires.services.documents import attach_document, remove_document, store_document
from grants.questionnaires.services.sheets import (
    NotADefinition,
    open_sheet,
    publish_questionnaire,
)

__all__ = [
    "Conflict",
    "FileRefused",
    "NotADefinition",
    "SaveResult",
    "attach_document",
    "copy_answers",
    "copyable_answers",
    "keep_files",
    "open_sheet",
    "publish_questionnaire",
    "remove_document",
    "save_section",
    "store_document",
]
