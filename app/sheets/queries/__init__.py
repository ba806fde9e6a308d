"""Every SELECT of this area; each starts from what the actor may see."""
