"""ARKs: archival resource keys with a check character (draft-kunze-ark; the NOID check digit algorithm)."""

from __future__ import annotations

#: The 29 characters that count, in their order; 29 is prime, so a swap or a wrong character is always found.
ALPHABET = "0123456789bcdfghjkmnpqrstvwxz"


def ark(naan: str, identifier: str) -> str:
    """The ARK of an identifier under a name assigning authority number: ``ark:99999/110692k``.

    The last character is the check character. Upper-case letters, vowels, hyphens and underscores of
    ``identifier`` count as nothing in it, as the algorithm says.
    """
    return f"ark:{naan}/{identifier}{check_character(f'{naan}/{identifier}')}"


def check_character(text: str) -> str:
    """The character that makes a typing error show: each character's ordinal times its place, modulo 29."""
    return ALPHABET[sum(place * max(ALPHABET.find(each), 0) for place, each in enumerate(text, start=1)) % 29]


def is_right(value: str) -> bool:
    """Whether an ARK's check character fits the rest."""
    body = value.removeprefix("ark:").removeprefix("/")
    return len(body) > 1 and check_character(body[:-1]) == body[-1]
