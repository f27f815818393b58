"""Where the views of this folder register themselves."""

from flask import Blueprint

party = Blueprint("party", __name__)
