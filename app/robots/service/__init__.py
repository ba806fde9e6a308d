"""What is done with group robots."""
