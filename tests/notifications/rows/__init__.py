"""Every row of the table of what is told: who is told, and who is not."""
