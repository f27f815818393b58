"""Pages of this audience."""

from flask import Blueprint

mediator = Blueprint("mediator", __name__)
