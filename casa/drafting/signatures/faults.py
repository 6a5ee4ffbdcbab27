"""What the libraries raise on a damaged or hostile signature."""

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

BROKEN = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    RecursionError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
)
