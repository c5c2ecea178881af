"""An authorizer that permits everything: `python3 -m bench.authorizer PORT`."""

import http.server
import sys


class Authorizer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, form, *arguments):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Authorizer).serve_forever()
