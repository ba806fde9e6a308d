"""What is done with a person's own channels."""
