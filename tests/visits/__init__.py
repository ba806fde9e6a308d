"""Visits: the rules by table, then services and routes on both databases."""
