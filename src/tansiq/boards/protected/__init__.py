"""Protected cases: hostages, judicial notices, releases, what is sealed, and on what legal basis."""
