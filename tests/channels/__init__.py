"""People's own channels: named, confirmed, used, broken; and that no address is ever said aloud."""
