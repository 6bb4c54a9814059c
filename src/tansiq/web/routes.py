"""How a page is entered: an act takes a visit and gives an answer or an expected "no"."""

from __future__ import annotations

from collections.abc import Callable

from tansiq.base.refusal import Refusal
from tansiq.web.reply import Reply
from tansiq.web.visit import Visit

Act = Callable[[Visit], Reply | Refusal]
