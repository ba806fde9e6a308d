"""Other systems: GeoReport v2 by tables, keys, pictures, and two clients that others wrote."""
