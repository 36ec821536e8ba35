"""`python -m bench.peers.serve APPLICATION HOST:PORT`: any application as ``onrecord serve`` would run it."""

from __future__ import annotations

import sys

from service.cli.server import Server

if __name__ == "__main__":
    application, bind = sys.argv[1:]
    Server({"wsgi_app": application, "bind": bind, "workers": 1}).run()
