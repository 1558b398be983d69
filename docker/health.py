"""Ask the web server of this container whether it is well; the exit status says so."""

import os
import sys
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

# Under its public name, since Django answers to no other.
HOST = urlsplit(os.environ.get("PUBLIC_BASE_URL", "http://127.0.0.1:8000")).netloc

try:
    build_opener(ProxyHandler({})).open(Request("http://127.0.0.1:8000/healthz", headers={"Host": HOST}), timeout=5)
except (URLError, OSError) as error:
    sys.exit(str(error))
