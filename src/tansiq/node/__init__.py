"""One party's installation: wiring, processes, health."""
