"""Outbox, inbox, feeds, receipts and carriers."""

from tansiq.exchange.charters import CharterBook
from tansiq.exchange.node_link import Link, Pace
from tansiq.exchange.peers import Peer, is_cut, peers
from tansiq.exchange.protocol import Carrier, CarrierDown, Lane
from tansiq.exchange.running import LinkRunner
from tansiq.exchange.verdict import Accept, Accepted, Mark, Refused, Waiting

__all__ = [
    "Accept",
    "Accepted",
    "Carrier",
    "CarrierDown",
    "CharterBook",
    "Lane",
    "Link",
    "LinkRunner",
    "Mark",
    "Pace",
    "Peer",
    "Refused",
    "Waiting",
    "is_cut",
    "peers",
]
