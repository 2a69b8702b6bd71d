"""Every address: Chinese at the root, English under /en/, the admin beside them."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("admin/", admin.site.urls),
]
