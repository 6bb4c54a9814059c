"""From bytes to drafts with evidence. Pure."""
