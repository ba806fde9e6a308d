"""Webhooks: who is told what, how it is signed, and what happens when nobody takes it."""
