"""The whole story in a real browser, through all roles."""
