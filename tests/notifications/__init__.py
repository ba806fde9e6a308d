"""Tests of the inbox and of push. What reaches a device is judged by `tests/push_receiver`."""
