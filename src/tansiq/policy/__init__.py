"""Who may see and derive what. Pure."""

from tansiq.base.refusal import Refusal
from tansiq.policy.derive import bounded, meet, meet_all, references_ok
from tansiq.policy.permits import PERMIT, PUBLIC, Permit, Reader, permits, permitted_ids
from tansiq.policy.preview import Line, Preview, who_sees

__all__ = [
    "PERMIT",
    "PUBLIC",
    "Line",
    "Permit",
    "Preview",
    "Reader",
    "Refusal",
    "bounded",
    "meet",
    "meet_all",
    "permits",
    "permitted_ids",
    "references_ok",
    "who_sees",
]
