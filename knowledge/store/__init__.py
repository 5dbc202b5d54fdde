"""The catalogue copied into a SQL database, rebuilt from the files and never edited by hand."""
