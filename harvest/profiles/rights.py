"""The addresses that may stand in ``edm:rights``: Europeana's list, to the letter.

Each has one right form: http, and a slash at its end. Licences were adapted to the law of countries ("ported") up to
version 3.0; only ports that were published exist.
"""

from __future__ import annotations

import re

_ALL = "by|by-sa|by-nd|by-nc|by-nc-sa|by-nc-nd"

#: Licences of Creative Commons: version, kinds, and ports; version 2.1 was published as ports alone.
_LICENCES = (
    ("1.0", f"{_ALL}|by-nd-nc", "(?:(?:fi|il|nl)/)?"),
    ("2.0", _ALL, "(?:(?:au|at|be|br|ca|cl|hr|uk|fr|de|it|jp|nl|pl|kr|es|tw)/)?"),
    ("2.1", _ALL, "(?:au|es|jp)/"),
    (
        "2.5",
        _ALL,
        "(?:(?:ar|au|br|bg|ca|cn|co|hr|dk|hu|in|il|it|mk|my|mt|mx|nl|pe|pl|pt|scotland|si|za|es|se|ch|tw)/)?",
    ),
    (
        "3.0",
        _ALL,
        "(?:(?:au|at|br|cl|cn|cr|hr|cz|ec|eg|ee|fr|de|gr|gt|hk|igo|ie|it|lu|nl|nz|no|ph|pl|pt|pr|ro|rs|sg|za|es|ch"
        "|tw|th|ug|us|ve|vn)/)?",
    ),
    ("4.0", _ALL, ""),
)
_STATEMENTS = "NoC-NC|NoC-OKLR|InC|InC-EDU|InC-OW-EU|CNE"

EUROPEANA_RIGHTS_URI = re.compile(
    "|".join(
        [
            *(
                rf"http://creativecommons\.org/licenses/(?:{kinds})/{re.escape(version)}/{ports}"
                for version, kinds, ports in _LICENCES
            ),
            r"http://creativecommons\.org/publicdomain/(?:zero|mark)/1\.0/",
            rf"http://rightsstatements\.org/vocab/(?:{_STATEMENTS})/1\.0/",
        ]
    )
)
