"""Every family of boards: importing this module declares all their aspects and rules."""

from importlib import import_module
from pkgutil import walk_packages

import tansiq.boards as boards

for _found in walk_packages(boards.__path__, f"{boards.__name__}."):
    if _found.name != __name__:
        import_module(_found.name)
