"""The verbs of this area: give out and revoke an address, and bring a calendar up to date."""
