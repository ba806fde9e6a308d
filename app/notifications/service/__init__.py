"""The verbs of this area: tell people, read the inbox, subscribe a device."""
