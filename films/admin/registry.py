"""Importing this registers every noun with the admin site."""
