"""The records, read only: besoins, dispositifs, formations, parcours types, organismes, territoires."""
