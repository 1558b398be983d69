"""Dumps: everything that is public as files to take away, with descriptions of the dataset made at the same time.

``writing`` writes them in flat memory from the stored triples; ``describing`` says in VoID and DCAT-AP what there is;
``state`` knows which files count, and that none does once something was withdrawn that they hold.
"""
