"""The public edge: the only door for the web, the integrators and the channels."""
