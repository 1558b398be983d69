"""Permissions: who may do what with an accession, the same in the admin and in the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.models import Accession

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


def may_hand_in(user: User | AnonymousUser) -> bool:
    """Who may hand files in."""
    return user.has_perm("archive.add_accession")


def may_publish(user: User | AnonymousUser) -> bool:
    """Who may let what comes in be published at once."""
    return user.has_perm("archive.publish_document")


def may_make_collections(user: User | None) -> bool:
    """On whose behalf sources may bring collections that the archive does not have; a command may."""
    return user is None or user.has_perm("archive.add_collection")


def may_accept_links(user: User | None) -> bool:
    """On whose behalf sources may bring links that no curator looks at again; a command may."""
    return user is None or user.has_perm("archive.change_authoritylink")


def may_steer(user: User | AnonymousUser, accession: Accession) -> bool:
    """Who may cancel, retry and decide: who may hand files in, and publish them if that was asked for."""
    return may_hand_in(user) and (not accession.publish or may_publish(user))


def may_undo(user: User | AnonymousUser, accession: Accession) -> bool:
    """Editors, and who made it. What is public, only those withdraw who may."""
    if user.has_perm("archive.delete_document") and user.has_perm("archive.withdraw_document"):
        return True
    return may_hand_in(user) and accession.created_by_id == user.pk


def may_see(user: User | AnonymousUser) -> bool:
    """Who may see accessions, and what was understood of their files."""
    return all(user.has_perm(f"archive.view_{each}") for each in ("accession", "accessionitem", "accessionsource"))
