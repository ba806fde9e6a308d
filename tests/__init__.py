"""Every test; each folder is named after the area it tests."""
