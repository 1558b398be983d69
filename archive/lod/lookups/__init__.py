"""Look-ups: agents, places and concepts looked for at the authority services of others, as somebody asks for it.

Only at services that the site has named (``AUTHORITY_SERVICES``), which speak the Reconciliation Service API; none by
itself. What they propose are candidates, which a curator accepts or rejects; nothing of them is published before.
"""
