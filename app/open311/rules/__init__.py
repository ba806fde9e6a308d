"""What other systems may report and ask for, and within which limits. Pure."""
