"""The real chain in Firefox ESR: subscribe, send, notification. Start at `test_push_chain.py`."""
