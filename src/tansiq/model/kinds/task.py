"""Task: work given to a party to answer a question, with due time and state."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import PartyRef, RecordRef, Text, When


@declare(
    "operations",
    ar="مهمة جمع",
    fr="Tâche de recueil",
    en="Task",
    help=Words(
        ar="عمل يُكلَّف به طرف للإجابة عن سؤال، بموعده وحاله.",
        fr="Travail confié à une partie pour répondre à une question, avec échéance et état.",
        en="Work given to a party to answer a question, with due time and state.",
    ),
)
class Task(Body, frozen=True, kw_only=True, omit_defaults=True, tag="task/1"):
    """Collection and staff work only. Source: REQUIREMENTS R15."""

    assignee: PartyRef | None = None
    question: Text = ""
    due: When | None = None
    task_state: Literal["assigned", "accepted", "declined", "done", "overdue"] | None = None
    rfi: RecordRef | None = None
    result: Text = ""
