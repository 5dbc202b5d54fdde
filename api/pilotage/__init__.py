"""The steering page: what is used, what is missing, what is to be corrected; without any person in it."""
