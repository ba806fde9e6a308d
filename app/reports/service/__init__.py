"""Keeps the counts of months that are over, and throws away those that no longer hold."""

from app.reports.service.keeping import forget, forget_old, keep, missing

__all__ = ["forget", "forget_old", "keep", "missing"]
