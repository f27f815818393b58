"""Pages of this audience."""

from flask import Blueprint

device = Blueprint("device", __name__)
