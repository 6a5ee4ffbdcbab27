"""The tokens of invitation links.

A token is made from the row and the secret of the installation: it is stored nowhere, not even in
the queue of the worker that sends the mail. The row holds its digest only.
"""

import hashlib

from django.utils.crypto import salted_hmac

from casa.registry.models import Invitation

SALT = "casa.registry.invitation"


def token_of(invitation: Invitation) -> str:
    """The token of the invitation's link; only this installation can make it."""
    parts = (
        str(invitation.body_id),
        invitation.email,
        invitation.role,
        invitation.invited_at.isoformat(),
    )
    return salted_hmac(SALT, "|".join(parts), algorithm="sha256").hexdigest()


def digest_of(token: str) -> str:
    """What the row holds in place of the token."""
    return hashlib.sha256(token.encode()).hexdigest()
