"""Pages of this audience."""

from flask import Blueprint

front = Blueprint("front", __name__)
