"""Which intent, how surely, and which needs: n-grams and embeddings together, with calibrated scores.

A score of 0.8 is meant to be right eight times out of ten: a temperature is fitted on predictions of held-out folds.
Stored as arrays and JSON, without pickle.
"""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import scipy.sparse as sp
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import StratifiedKFold

from bot.components.plongements import SentenceEmbeddingFeaturizer
from knowledge.territoires.normalisation import fold

_PHRASE = re.compile(r"[.!?;\n]+|,| et | mais | puis | aussi ", re.IGNORECASE)
_MOTS_MIN = 3
_RANG_MAX = 12
_MOT = r"[^ ]+"
_PASSAGES = 20
_DOUTE = 0.3


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CalibratedClassifier(IntentClassifier, GraphComponent):
    """Logistic regression over word and character n-grams and sentence embeddings."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``alpha`` of the regression (its regularisation), weight of the embeddings, folds of the calibration.

        ``seuil_besoin``: below it the best need is not worth proposing; ``seuil_suite``: the same for those after it.
        ``besoins``: the intents that are needs; ``besoins_d_urgence``: the need behind each emergency.
        """
        return {
            "alpha": 2e-5,
            "poids_plongements": 1.0,
            "seuil_besoin": 0.25,
            "seuil_suite": 0.02,
            "plis": 3,
            "besoins": [],
            "besoins_d_urgence": {},
        }

    def __init__(self, config: dict[str, Any], stockage: ModelStorage, ressource: Resource) -> None:
        self._config = config
        self._stockage = stockage
        self._ressource = ressource
        self._mots: TfidfVectorizer | None = None
        self._signes: TfidfVectorizer | None = None
        self._classes: np.ndarray | None = None
        self._poids = self._biais = np.zeros(0, dtype=np.float32)
        self._temperature = 1.0
        self._encodeur = SentenceEmbeddingFeaturizer("classifieur")

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CalibratedClassifier:
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the features, the regression and the temperature, then store them."""
        exemples = [message for message in training_data.intent_examples if message.get(TEXT)]
        textes = [message.get(TEXT) for message in exemples]
        etiquettes = np.array([message.get(INTENT) for message in exemples])
        self._mots = _build_mots().fit([fold(texte) for texte in textes])
        self._signes = _build_signes().fit([fold(texte) for texte in textes])
        matrice = self._featurize(textes)
        self._temperature = self._fit_temperature(matrice, etiquettes)
        modele = self._build_modele().fit(matrice, etiquettes)
        self._set_poids(modele.classes_, modele.coef_, modele.intercept_)
        self._persist()
        return self._ressource

    def _set_poids(self, classes: np.ndarray, coef: np.ndarray, biais: np.ndarray) -> None:
        """Keep the weights as the product needs them: laid out otherwise, they would be copied for each message."""
        self._classes = classes
        self._poids = np.ascontiguousarray(coef.T, dtype=np.float32)
        self._biais = biais.astype(np.float32)

    def _build_modele(self) -> SGDClassifier:
        return SGDClassifier(
            loss="log_loss",
            alpha=self._config["alpha"],
            max_iter=_PASSAGES,
            tol=None,
            class_weight="balanced",
            random_state=42,
        )

    def _featurize(self, textes: list[str]) -> sp.csr_matrix:
        assert self._mots is not None
        assert self._signes is not None
        plies = [fold(texte) for texte in textes]
        vecteurs = np.vstack([self._encodeur.encode(textes[i : i + 64]) for i in range(0, len(textes), 64)])
        dense = sp.csr_matrix(vecteurs * self._config["poids_plongements"])
        blocs = [self._mots.transform(plies), self._signes.transform(plies), dense]
        return sp.hstack(blocs, format="csr", dtype=np.float32)

    def _fit_temperature(self, matrice: sp.csr_matrix, etiquettes: np.ndarray) -> float:
        """The temperature that makes held-out scores most likely; 1 when there is too little to learn from."""
        effectifs = np.unique(etiquettes, return_counts=True)[1]
        plis = min(self._config["plis"], int(effectifs.min()))
        if plis < 2:
            return 1.0
        decisions, vrais = [], []
        for appris, teste in StratifiedKFold(plis, shuffle=True, random_state=42).split(matrice, etiquettes):
            modele = self._build_modele().fit(matrice[appris], etiquettes[appris])
            decisions.append(modele.decision_function(matrice[teste]))
            vrais.append(np.searchsorted(modele.classes_, etiquettes[teste]))
        logits, rangs = np.vstack(decisions), np.concatenate(vrais)
        essais = np.linspace(0.3, 3.0, 55)
        pertes = [-np.log(_softmax(logits / t)[np.arange(len(rangs)), rangs] + 1e-12).mean() for t in essais]
        return float(essais[int(np.argmin(pertes))])

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent, the ranking and the needs of each message."""
        for message in messages:
            texte = message.get(TEXT) or ""
            if not texte or self._classes is None:
                continue
            morceaux = _split(texte)
            scores = self._score([texte, *morceaux])
            if not self._knows(texte) and message.get("langue", "fr") == "fr":
                scores = scores * _DOUTE
            classement = _rank(scores[0], self._classes)
            message.set(INTENT, classement[0], add_to_output=True)
            message.set("intent_ranking", classement[:_RANG_MAX], add_to_output=True)
            message.set("besoins", self._find_besoins(scores), add_to_output=True)
            message.set("soupcons", self._find_soupcons(scores))
        return messages

    def _knows(self, texte: str) -> bool:
        """Whether at least one word of the message was met in training: « zzzz qqqq » must not be guessed."""
        assert self._mots is not None
        return any(mot in self._mots.vocabulary_ for mot in fold(texte).split() if len(mot) >= 2)

    def _score(self, textes: list[str]) -> np.ndarray:
        return _softmax((self._featurize(textes) @ self._poids + self._biais) / self._temperature)

    def _find_soupcons(self, scores: np.ndarray) -> list[dict[str, float]]:
        """Suspicion of each emergency: in the whole message first, then in each of its parts; [] without emergencies."""
        assert self._classes is not None
        rangs = [rang for rang, classe in enumerate(self._classes) if str(classe).startswith("urgence_")]
        return (
            [{str(self._classes[rang]): float(ligne[rang]) for rang in rangs} for ligne in scores]
            if rangs
            else []
        )

    def _find_besoins(self, scores: np.ndarray) -> list[dict[str, Any]]:
        """Needs of the whole message and of its parts, best first; a part counts a little less than the whole.

        Five at most, none when the best is not worth proposing. An emergency counts for the need behind it, so that
        housing can be talked about once the number to call has been given.
        """
        assert self._classes is not None
        besoins = set(self._config["besoins"])
        derriere = self._config["besoins_d_urgence"]
        notes: dict[str, float] = {}
        for rang, ligne in enumerate(scores):
            poids = 1.0 if rang == 0 else 0.85
            for classe, score in zip(self._classes, ligne, strict=True):
                nom = derriere.get(classe, classe)
                if nom in besoins:
                    notes[nom] = max(notes.get(nom, 0.0), float(score) * poids)
        gardes = sorted(notes.items(), key=lambda note: -note[1])[:5]
        if not gardes or gardes[0][1] < self._config["seuil_besoin"]:
            return []
        return [
            {"id": nom.replace("_", "-"), "score": round(score, 4)}
            for nom, score in gardes
            if score >= self._config["seuil_suite"]
        ]

    def _persist(self) -> None:
        assert self._classes is not None
        assert self._mots is not None
        assert self._signes is not None
        with self._stockage.write_to(self._ressource) as dossier:
            np.savez(
                dossier / "poids.npz",
                coef=self._poids.T,
                biais=self._biais,
                idf_mots=self._mots.idf_,
                idf_signes=self._signes.idf_,
            )
            contenu = {
                "classes": [str(classe) for classe in self._classes],
                "temperature": self._temperature,
                "mots": {cle: int(rang) for cle, rang in self._mots.vocabulary_.items()},
                "signes": {cle: int(rang) for cle, rang in self._signes.vocabulary_.items()},
            }
            (dossier / "modele.json").write_text(json.dumps(contenu, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> CalibratedClassifier:
        """The trained classifier, exactly as it was."""
        charge = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as dossier:
            contenu = json.loads((dossier / "modele.json").read_text(encoding="utf-8"))
            poids = np.load(dossier / "poids.npz", allow_pickle=False)
            charge._temperature = contenu["temperature"]
            charge._mots = _restore(_build_mots(), contenu["mots"], poids["idf_mots"])
            charge._signes = _restore(_build_signes(), contenu["signes"], poids["idf_signes"])
            charge._set_poids(np.array(contenu["classes"]), poids["coef"], poids["biais"])
        return charge


def _build_mots() -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="word", ngram_range=(1, 2), sublinear_tf=True, token_pattern=_MOT, min_df=2
    )


def _build_signes() -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=3, max_features=12_000
    )


def _restore(vectoriseur: TfidfVectorizer, vocabulaire: dict[str, int], idf: np.ndarray) -> TfidfVectorizer:
    vectoriseur.vocabulary_ = vocabulaire
    vectoriseur.idf_ = idf
    return vectoriseur


def _softmax(logits: np.ndarray) -> np.ndarray:
    exposants = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exposants / exposants.sum(axis=1, keepdims=True)


def _rank(scores: np.ndarray, classes: np.ndarray) -> list[dict[str, Any]]:
    ordre = np.argsort(-scores)
    return [{INTENT_NAME_KEY: str(classes[i]), PREDICTED_CONFIDENCE_KEY: float(scores[i])} for i in ordre]


def _split(texte: str) -> list[str]:
    """The parts of a long message, to find several needs or a need told inside a story; [] for a short one."""
    morceaux = [morceau.strip() for morceau in _PHRASE.split(texte[:2000])]
    utiles = [morceau for morceau in morceaux if len(morceau.split()) >= _MOTS_MIN]
    return utiles[:8] if len(utiles) > 1 else []
