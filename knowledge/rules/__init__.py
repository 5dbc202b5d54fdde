"""Rules as data: three-valued tests, their evaluation with reasons, their sentences. Pure: no file, no clock."""
