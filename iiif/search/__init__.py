"""IIIF Content Search 2 and 1: where on its page images a document, or those of a collection, have what is asked for.

``scopes`` says which documents are asked, ``matching`` how words are compared, ``places`` where the words found stand.
``version2`` and ``version1`` write the same findings in the forms of the two APIs; viewers read 1, the specification
wants 2.
"""
