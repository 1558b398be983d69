"""The WSGI application of the site."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# Views are read with the first request otherwise. What a site is made of stays while it runs: the collector, which now
# and then goes through everything there is, would spend 80 ms on it within the request of whoever is unlucky.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
