"""Pure: entries of a calendar and how they change, and hours of duty cut into days."""
