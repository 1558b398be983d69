"""SPARQL 1.1: questions about everything that is public, answered so that no question can do harm.

A question is read (``asking``), looked at before it runs (``judging``), given one of a few places (``places``) and a
process of its own (``running``, ``process``) that reads a copy of the store (``copies``). One task writes the store
and makes the copies (``writing``), from the representations alone.
"""
