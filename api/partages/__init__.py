"""A result kept under a short code that the person chooses to give; nobody reads it without the code."""
