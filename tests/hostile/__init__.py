"""Requests that nobody means well: every address, method, header and key, bent by a seeded chance."""
