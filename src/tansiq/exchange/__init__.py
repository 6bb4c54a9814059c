"""Outbox, inbox, feeds, receipts and carriers."""
