"""What the carnet gives back is what the rules would say: the same verdict, and sentences about the same person."""

from __future__ import annotations

from datetime import date

from knowledge import Base, build_situation, evaluate_eligibilite
from knowledge.rules.carnet import Carnet


def test_les_phrases_gardees_nomment_la_commune_de_la_personne_et_pas_celle_d_une_autre(
    base: Base, jour: date
) -> None:
    carnet = Carnet(base.referentiels)
    communes = [build_situation(base, {"code_insee": code}) for code in ("93066", "93055")]
    lieux = [*communes, build_situation(base, {"code_departement": "93"})]
    assert len({situation.commune for situation in lieux}) == 3
    for dispositif in base.catalogue.dispositifs.values():
        for situation in lieux:
            attendue = evaluate_eligibilite(dispositif, situation, referentiels=base.referentiels, jour=jour)
            assert carnet.evaluate(dispositif, situation, jour) == attendue
