"""Where the views of this folder register themselves."""

from flask import Blueprint

programme = Blueprint("programme", __name__)
