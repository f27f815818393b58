"""Where the views of this folder register themselves."""

from flask import Blueprint

mediator = Blueprint("mediator", __name__)
