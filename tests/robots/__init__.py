"""Group robots: counts and a link, joined, so many a minute; and nothing that anybody wrote."""
