"""The tables of charter epochs: proposals and their signatures, what is to be told, what is held back."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Index, Integer, LargeBinary, Text

from tansiq.store.columns import big, of, table

charter_proposals = table(
    "charter_proposals",
    of("digest", LargeBinary, primary_key=True),
    of("epoch", Integer),
    of("raw", LargeBinary),
    of("by", Text),
    big("at_ms"),
    Index("charter_proposals_by_epoch", "epoch"),
)
charter_voices = table(
    "charter_voices",
    of("digest", LargeBinary, primary_key=True),
    of("party", Text, primary_key=True),
    of("act", Text),  # sign, withdraw, decline
    of("signature", LargeBinary),  # the signature as it came; empty where there is none
    big("at_ms"),
)
charter_mail = table(
    "charter_mail",
    of("what", Text, primary_key=True),  # proposal, voice, epoch, farewell
    of("subject", LargeBinary, primary_key=True),
    of("party", Text, primary_key=True),
    big("at_ms"),
    narrow=True,
)
peer_epochs = table(
    "peer_epochs",
    of("party", Text, primary_key=True),
    of("epoch", Integer, primary_key=True),
    big("since_ms"),  # when it knew, by its own clock; 0 = it did not say
    big("heard_ms"),
    narrow=True,
)
revoked_heads = table(
    "revoked_heads",
    of("signer", Text, primary_key=True),
    of("feed", LargeBinary, primary_key=True),
    big("number"),
    big("at_ms"),
    narrow=True,
)
held_back = table(
    "held_back",
    of("digest", LargeBinary, primary_key=True),
    of("record", LargeBinary),
    big("version"),
    of("originator", Text),
    of("signer", Text),
    of("feed", LargeBinary, nullable=True),
    big("number", nullable=True),
    big("at_ms"),
    of("sealed", LargeBinary),  # the signed record where it never entered; empty where it did
    of("settled", Text),  # empty, accepted, refused
    big("settled_ms", nullable=True),
    of("officer", Text),
    of("reason", Text),
    Index("held_back_open", "settled", "at_ms"),
)
farewells = table(
    "farewells",
    of("party", Text, primary_key=True),
    big("at_ms", primary_key=True, autoincrement=False),
    of("raw", LargeBinary),
    of("signature", LargeBinary),
)

CHARTER: Final = (
    "charter_proposals",
    "charter_voices",
    "charter_mail",
    "peer_epochs",
    "revoked_heads",
    "held_back",
    "farewells",
)
