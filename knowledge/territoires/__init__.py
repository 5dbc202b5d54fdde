"""French territories: communes, départements, bassins of the Pacte, and the places people write.

Build once with ``load_territoires()`` (nothing is read at import), keep it, and pass it as an argument.
"""

from knowledge.territoires.bassins import Bassin
from knowledge.territoires.lieux import Commune, CommuneTrouvee, Departement, LieuxReperes, TerritoireTrouve
from knowledge.territoires.service import Territoires, load_territoires

__all__ = [
    "Bassin",
    "Commune",
    "CommuneTrouvee",
    "Departement",
    "LieuxReperes",
    "TerritoireTrouve",
    "Territoires",
    "load_territoires",
]
