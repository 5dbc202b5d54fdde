"""A parcours as something to take away: one A4 page, a short text for a message, a reminder."""
