"""Courier parcels: frames in a file that anyone may carry. The format is written in docs/format/parcel.md."""

from tansiq.exchange.parcels.courier import Courier, ParcelMade
from tansiq.exchange.parcels.form import BadParcel, ParcelVersion, ParcelWriter
from tansiq.exchange.parcels.joining import Contents, inspect, join
from tansiq.exchange.parcels.taking import ParcelTaken

__all__ = [
    "BadParcel",
    "Contents",
    "Courier",
    "ParcelMade",
    "ParcelTaken",
    "ParcelVersion",
    "ParcelWriter",
    "inspect",
    "join",
]
