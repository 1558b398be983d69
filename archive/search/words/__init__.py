"""Words: how text is cut into terms, for what is indexed, for what is asked, and for what is lit."""

from archive.search.words.analyser import TERM_LIMIT, Token, analyse, terms
from archive.search.words.forms import Wanted, wanted
from archive.search.words.joining import JOINING

__all__ = ["JOINING", "TERM_LIMIT", "Token", "Wanted", "analyse", "terms", "wanted"]
