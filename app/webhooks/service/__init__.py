"""The verbs of webhooks: `keeping` adds and removes, `sending` writes deliveries and outcomes."""
