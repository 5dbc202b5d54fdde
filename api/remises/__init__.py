"""A person's result opened with the code she gives, corrected together, printed and given back."""
