"""The project's conventions, each as a test."""
