"""Ways to move sealed bytes: in memory (simulator) and NATS JetStream."""
