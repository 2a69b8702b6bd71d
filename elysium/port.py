"""Whether the demo can be served on a port, asked before anything is set up."""

import socket


def complaint(port: str) -> str | None:
    """One sentence when the port cannot be had; None when all is well."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
        return f"PORT: wants a number from 1 to 65535, such as 8001, and not “{port}”."
    try:
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", int(port)))
            listener.listen()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return f"Port {port} cannot be had ({reason}). Choose another one: make demo PORT={int(port) % 65_535 + 1}"
    return None
