"""Targets for fuzzing: run by hand, for as long as one likes."""
