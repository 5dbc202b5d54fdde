"""The pages people meet, and the files they load."""
