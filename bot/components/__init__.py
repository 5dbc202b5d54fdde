"""Our own components of the understanding pipeline."""
