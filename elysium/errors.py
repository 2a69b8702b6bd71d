"""Pages for errors that read nothing of what was sent.

Django's own look for a form's token first. Where that form cannot be read, they fail as its view did, and what was a
wrong address or a refused host comes out as a failure of ours.
"""

from inspect import unwrap

from django.views import defaults

bad_request = unwrap(defaults.bad_request)
permission_denied = unwrap(defaults.permission_denied)
page_not_found = unwrap(defaults.page_not_found)
