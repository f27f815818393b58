"""Pages of this audience."""

from flask import Blueprint

programme = Blueprint("programme", __name__)
