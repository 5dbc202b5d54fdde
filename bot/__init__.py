"""The dialogue process: understanding, rules, memory of conversations. Speaks HTTP on the loopback only."""
