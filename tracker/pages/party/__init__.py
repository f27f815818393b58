"""Pages of this audience."""

from flask import Blueprint

party = Blueprint("party", __name__)
