"""The OAI-PMH provider.

``views`` takes the HTTP request, ``arguments`` what it says, ``server`` hands it to the module of its verb.
Records come from ``store``, page after page by ``tokens``; ``errors`` raised anywhere become an answer in
``server``. Importing anything here but ``views`` imports pyoai.
"""
