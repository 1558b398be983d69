"""The Reconciliation Service API 0.2 over the agents, places and concepts of the archive.

Names are kept with the terms by which they are found (``names``). A batch of queries is read (``asking``), names that
may be meant are found and compared (``finding``), and what else is asked of a thing is told (``properties``).
"""
