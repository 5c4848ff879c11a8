"""A page that names the container which served it."""

import socket

from flask import Flask

app = Flask(__name__)


@app.route("/")
def hello():
    return f"Hello flask from inside Docker container id {socket.gethostname()}"
