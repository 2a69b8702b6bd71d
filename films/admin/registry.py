"""Importing this registers every noun with the admin site."""

from films.admin import creator, festival, film, interview, security, source, user, vocabulary

__all__ = ["creator", "festival", "film", "interview", "security", "source", "user", "vocabulary"]
