"""Verbs of service hours: `counting` follows visits and patrols, `settling` is what people say."""
