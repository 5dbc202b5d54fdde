"""Accounts of the professionals: login, sessions, roles, audit."""
