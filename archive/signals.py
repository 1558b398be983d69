"""What the verbs of the archive announce.

Optional apps that archive does not know (search is one) listen here. It is the verbs that send, within
their transaction and on purpose; nothing is ever sent from ``save()``.
"""

from django.dispatch import Signal

#: Documents were published, refreshed or withdrawn. Sends ``document_ids``, a list of primary keys.
documents_changed = Signal()
