"""Which intent, how surely, and which needs: n-grams and embeddings together, with calibrated scores.

N-grams are those of the message as it is written and as it is heard: « jatten » and « j'attends » share the second.

Embeddings enter as their likeness to some hundred training sentences (a radial kernel, Nyström's approximation): the
regression stays linear and quick, and tells meanings apart that no straight cut through the vectors does.

Suspicion of an emergency joins three opinions: that regression, a second one that knows only "which emergency, or none" and
learns besides from the sentences of the border (``frontiere: true`` in their metadata), and the nearest training sentence of
each side. The sentences of the border, an idea said once in danger and once without, would blur the needs.

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
from sklearn.kernel_approximation import Nystroem
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import StratifiedKFold

from bot.components.langue import is_latin
from bot.components.ngrammes import Ngrammes
from bot.components.plongements import Encodeur

_PHRASE = re.compile(r"[.!?;؟؛。！？；\n]+|[,،，、]| et | mais | puis | aussi ", re.IGNORECASE)
_MOTS_MIN = 3
_SANS_ESPACES = re.compile(
    "[\u3040-\u30ff\u4e00-\u9fff]{4}"
)  # Chinese and Japanese write no space between words
_POIDS_PARTIE = (
    0.6  # chosen on 1,500 sentences left out of training: above, a part outvotes the whole too often
)
_RANG_MAX = 12
_PASSAGES = 20
_DOUTE = 0.3
_PREFIXE_URGENCE = "urgence_"
_SANS_URGENCE = "aucune"  # sorts before the emergencies: its column comes first
# Below it no neighbour could raise the suspicion to anything: they are not looked for.
_SANS_SOUPCON = 1e-3
# An emergency is told from one in four of the sentences that are none: all of them would cost time, for nothing more.
_UN_SUR = 4


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CalibratedClassifier(IntentClassifier, GraphComponent):
    """Logistic regression over word and character n-grams and the kernel of sentence embeddings."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings of the training and of the proposals.

        ``alpha``, ``alpha_urgences``: regularisation of the two regressions; ``plis``: folds of the calibration.
        ``reperes``, ``gamma``, ``poids_noyau``: sentences the embeddings are compared with, width of the kernel, its weight
        beside the n-grams; ``poids_plongements``: weight of the embeddings themselves. ``poids_voisin``: weight of the
        nearest sentences in the suspicion of an emergency. ``seuil_besoin``: below it the best need is not worth
        proposing; ``seuil_suite``: the same for those after it. ``besoins``: the intents that are needs;
        ``besoins_d_urgence``: the need behind each emergency.
        """
        return {
            "alpha": 2e-5,
            "alpha_urgences": 5e-6,
            "reperes": 500,
            "gamma": 2.0,
            "poids_noyau": 1.5,
            "poids_plongements": 0.7,
            "poids_voisin": 8.0,
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
        self._ngrammes = Ngrammes()
        self._classes: np.ndarray | None = None
        self._urgences: list[int] = []
        self._poids = self._biais = np.zeros(0, dtype=np.float32)
        self._reperes = self._poids_denses = np.zeros((0, 0), dtype=np.float32)
        self._temoins: dict[bool, np.ndarray] = {}
        self._temperature = 1.0
        self._encodeur = Encodeur()

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
        communs = np.array([not _is_frontiere(message) for message in exemples])
        ngrammes = self._ngrammes.fit(textes)
        vecteurs = self._encodeur.encode(textes)
        noyau = Nystroem(
            kernel="rbf",
            gamma=self._config["gamma"],
            n_components=min(self._config["reperes"], len(textes)),
            random_state=42,
        ).fit(vecteurs)
        direct, radial = self._config["poids_plongements"], self._config["poids_noyau"]
        dense = np.hstack([vecteurs * direct, noyau.transform(vecteurs) * radial])
        matrice = sp.hstack([ngrammes, sp.csr_matrix(dense)], format="csr", dtype=np.float32)
        self._temperature = self._fit_temperature(matrice[communs], etiquettes[communs])
        modele = self._build_modele().fit(matrice[communs], etiquettes[communs])
        urgences = np.char.startswith(etiquettes.astype(str), _PREFIXE_URGENCE)
        guet = self._build_guet().fit(matrice, np.where(urgences, etiquettes, _SANS_URGENCE))
        coef, coef_dense = np.split(np.vstack([modele.coef_, guet.coef_]).T, [ngrammes.shape[1]])
        self._set_poids(modele.classes_, coef, np.concatenate([modele.intercept_, guet.intercept_]))
        # Scales and the kernel's own normalisation are folded into the weights: a product less for each message.
        coef_direct, coef_noyau = np.split(coef_dense, [vecteurs.shape[1]])
        noyau_fondu = radial * noyau.normalization_.T @ coef_noyau
        self._set_noyau(noyau.components_, np.vstack([direct * coef_direct, noyau_fondu]))
        # What an emergency is told by: all the sentences that are one, a part of those that are not.
        self._temoins = {True: vecteurs[urgences], False: vecteurs[~urgences][::_UN_SUR]}
        self._persist()
        return self._ressource

    def _set_poids(self, classes: np.ndarray, poids: np.ndarray, biais: np.ndarray) -> None:
        """Keep the weights as the product needs them: laid out otherwise, they would be copied for each message.

        A column for each class, then one for no emergency and one for each emergency, in the order of the classes.
        """
        self._classes = classes
        self._urgences = [
            rang for rang, classe in enumerate(classes) if str(classe).startswith(_PREFIXE_URGENCE)
        ]
        self._poids = np.ascontiguousarray(poids, dtype=np.float32)
        self._biais = biais.astype(np.float32)
        self._ngrammes.set_poids(self._poids)

    def _set_noyau(self, reperes: np.ndarray, poids: np.ndarray) -> None:
        self._reperes = np.ascontiguousarray(reperes, dtype=np.float32)
        self._poids_denses = np.ascontiguousarray(poids, dtype=np.float32)

    def _build_modele(self) -> SGDClassifier:
        return SGDClassifier(
            loss="log_loss",
            alpha=self._config["alpha"],
            max_iter=_PASSAGES,
            tol=None,
            class_weight="balanced",
            n_jobs=-1,
            random_state=42,
        )

    def _build_guet(self) -> SGDClassifier:
        """The second regression: no emergency, or which one."""
        return self._build_modele().set_params(alpha=self._config["alpha_urgences"], class_weight=None)

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
            vecteurs = self._encodeur.encode([texte, *morceaux])
            scores, dangers = self._score([texte, *morceaux], vecteurs)
            if is_latin(texte) and not self._ngrammes.knows(texte):
                scores = scores * _DOUTE
            classement = _rank(scores[0], self._classes)
            message.set(INTENT, classement[0], add_to_output=True)
            message.set("intent_ranking", classement[:_RANG_MAX], add_to_output=True)
            message.set("besoins", self._find_besoins(scores), add_to_output=True)
            message.set("soupcons", self._find_soupcons(scores, dangers, vecteurs[0]))
        return messages

    def _score(self, textes: list[str], vecteurs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Probability of each intent for each text; then, for the second opinion, of no emergency and of each."""
        assert self._classes is not None
        # Vectors of length one: their squared distance is 2 - 2 cos.
        noyau = np.exp(-2.0 * self._config["gamma"] * (1.0 - vecteurs @ self._reperes.T))
        dense = np.hstack([vecteurs, noyau]) @ self._poids_denses
        epars = [self._ngrammes.weigh(texte) for texte in textes]
        intentions, guet = np.split(np.vstack(epars) + dense + self._biais, [len(self._classes)], axis=1)
        return _softmax(intentions / self._temperature), _softmax(guet)

    def _find_soupcons(
        self, scores: np.ndarray, dangers: np.ndarray, vecteur: np.ndarray
    ) -> list[dict[str, float]]:
        """Suspicion of each emergency: in the whole message first, then in each of its parts.

        The two opinions are averaged as logarithms. The nearest known sentences then move the suspicion of the whole
        message, up when an emergency is the nearer.
        """
        assert self._classes is not None
        premiers = scores[:, self._urgences]
        aucune = 1.0 - premiers.sum(axis=1, keepdims=True)
        avis = np.sqrt(np.hstack([aucune, premiers]).clip(0.0) * dangers)
        avis /= avis.sum(axis=1, keepdims=True)
        noms = [str(classe) for classe in self._classes[self._urgences]]
        soupcons = [dict(zip(noms, map(float, ligne[1:]), strict=True)) for ligne in avis]
        total = min(sum(soupcons[0].values()), 1 - 1e-6)
        if total < _SANS_SOUPCON:
            return soupcons
        ecart = float((self._temoins[True] @ vecteur).max() - (self._temoins[False] @ vecteur).max())
        rapport = total / (1 - total) * float(np.exp(self._config["poids_voisin"] * ecart))
        facteur = rapport / (1 + rapport) / total
        return [{intention: valeur * facteur for intention, valeur in soupcons[0].items()}, *soupcons[1:]]

    def _find_besoins(self, scores: np.ndarray) -> list[dict[str, Any]]:
        """Needs of the whole message and of its parts, best first; a part counts less than the whole.

        Five at most, none when the best is not worth proposing. An emergency counts for the need behind it, so that
        housing can be talked about once the number to call has been given.
        """
        assert self._classes is not None
        besoins = set(self._config["besoins"])
        derriere = self._config["besoins_d_urgence"]
        notes: dict[str, float] = {}
        for rang, ligne in enumerate(scores):
            poids = 1.0 if rang == 0 else _POIDS_PARTIE
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
        with self._stockage.write_to(self._ressource) as dossier:
            np.savez(
                dossier / "poids.npz",
                coef=self._poids.T,
                biais=self._biais,
                reperes=self._reperes,
                denses=self._poids_denses,
                urgences=self._temoins[True].astype(np.float16),
                autres=self._temoins[False].astype(np.float16),
                **self._ngrammes.read_idf(),
            )
            contenu = {
                "classes": [str(classe) for classe in self._classes],
                "temperature": self._temperature,
                "vocabulaires": self._ngrammes.read_vocabulaires(),
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
            charge._ngrammes.restore(contenu["vocabulaires"], poids)
            charge._set_poids(np.array(contenu["classes"]), poids["coef"].T, poids["biais"])
            charge._set_noyau(poids["reperes"], poids["denses"])
            charge._temoins = {
                True: poids["urgences"].astype(np.float32),
                False: poids["autres"].astype(np.float32),
            }
        return charge


def _is_frontiere(message: Message) -> bool:
    """Whether an example only serves to tell emergencies from what looks like one."""
    return bool((message.get("metadata") or {}).get("intent", {}).get("frontiere"))


def _softmax(logits: np.ndarray) -> np.ndarray:
    exposants = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exposants / exposants.sum(axis=1, keepdims=True)


def _rank(scores: np.ndarray, classes: np.ndarray) -> list[dict[str, Any]]:
    ordre = np.argsort(-scores)
    return [{INTENT_NAME_KEY: str(classes[i]), PREDICTED_CONFIDENCE_KEY: float(scores[i])} for i in ordre]


def _split(texte: str) -> list[str]:
    """The parts of a long message, to find several needs or a need told inside a story; [] for a short one."""
    morceaux = [morceau.strip() for morceau in _PHRASE.split(texte[:2000])]
    utiles = [m for m in morceaux if len(m.split()) >= _MOTS_MIN or _SANS_ESPACES.search(m)]
    return utiles[:8] if len(utiles) > 1 else []
