"""Importing this registers every noun with the admin site."""

from django.contrib import admin
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from films.admin import creator, festival, film, interview, security, source, user, vocabulary

# Their stock pages show the keys.
admin.site.unregister([StaticDevice, TOTPDevice])

__all__ = ["creator", "festival", "film", "interview", "security", "source", "user", "vocabulary"]
