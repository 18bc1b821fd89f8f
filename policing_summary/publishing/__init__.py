"""output/site → the places where readers find it: one module per kind of host, and what they share."""
