"""Beginnings: a borough, an edition or a whole site that an editor can go on from."""
