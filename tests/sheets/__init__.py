"""Spreadsheets of tickets, out and in."""
