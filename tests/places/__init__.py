"""Places: rules, the import of spreadsheets, routes."""
