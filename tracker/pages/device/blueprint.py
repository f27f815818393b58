"""Where the views of this folder register themselves."""

from flask import Blueprint

device = Blueprint("device", __name__)
