"""The web page and what serves it: layout, handlers, rendering, security, server."""
