"""Residents without an account: the page of a door, and the link to follow what was reported."""
