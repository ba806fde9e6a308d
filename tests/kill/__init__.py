"""What was answered is there: a real server is killed in the middle of its work."""
