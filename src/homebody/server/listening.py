"""A listening socket, or a sentence that says why there is none and what to do about it."""

from __future__ import annotations

import errno
import socket

from homebody.core.errors import HomebodyError


class AddressError(HomebodyError):
    """Nothing can be served at this address."""


def listen(host: str, port: int, *, change: str = "--port") -> socket.socket:
    """A socket that listens; port 0 is any free one. ``change`` is what a person would change it with.

    Raises AddressError; NetworkRefusedError where the gate was not told that other machines may come in.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(128)
        bound.setblocking(False)
    except OSError as error:
        bound.close()
        raise _told(host, port, error, change) from error
    except BaseException:
        bound.close()
        raise
    return bound


def _told(host: str, port: int, error: OSError, change: str) -> AddressError:
    if error.errno == errno.EADDRINUSE:
        return AddressError(
            f"Port {port} on {host} is in use",
            hint="Another Homebody may be running: open its page, stop it, or choose another port with "
            f"{change} (0: any free one).",
        )
    if error.errno == errno.EACCES:
        return AddressError(f"Port {port} is not allowed to you", hint="Choose one above 1023.")
    return AddressError(
        f"{host}:{port} cannot be listened on: {error.strerror}", hint="This machine has no such address."
    )
