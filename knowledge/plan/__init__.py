"""Parcours: ordered steps from a situation to the goals its needs imply.

``buts`` says what to reach, ``recherche`` finds the best chains, ``presentation`` turns them into what a person reads.
"""

from knowledge.plan.parcours import plan_parcours

__all__ = ["plan_parcours"]
