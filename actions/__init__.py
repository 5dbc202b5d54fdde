"""What the dialogue does: read the slots, ask ``knowledge``, return events. Never decides anything itself."""
