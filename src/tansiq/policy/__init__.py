"""Who may see and derive what. Pure."""
