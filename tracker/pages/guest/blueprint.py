"""Where the views of this folder register themselves."""

from flask import Blueprint

guest = Blueprint("guest", __name__)
