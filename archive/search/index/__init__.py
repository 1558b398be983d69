"""The index: files beside the database, written by one process at a time and read by all.

It holds nothing that is shown to anybody: it is asked for primary keys and counts. What it says is true of the moment
in which a document was last written to it; whether the document may be seen is asked of the database each time.
"""
