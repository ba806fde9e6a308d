"""The application object for gunicorn and the flask command. Nothing else lives here."""

from app import cli
from app.factory import create_app

app = create_app()
cli.register(app)
