"""Where the views of this folder register themselves."""

from flask import Blueprint

front = Blueprint("front", __name__)
