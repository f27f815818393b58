"""Pages of this audience."""

from flask import Blueprint

guest = Blueprint("guest", __name__)
