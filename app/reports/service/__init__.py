"""Keeps the counts of months that are over, and throws away those that no longer hold."""

from app.reports.service.keeping import forget, keep_missing

__all__ = ["forget", "keep_missing"]
