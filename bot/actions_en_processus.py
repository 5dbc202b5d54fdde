"""Custom actions run in the bot's own process instead of behind an HTTP action server.

Rasa calls an ``EndpointConfig``; this one hands the call to rasa_sdk's executor. It saves a process, a network hop and the
serialisation of the domain at each turn.
"""

from __future__ import annotations

import json
from typing import Any

from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection


class ActionsEnProcessus(EndpointConfig):
    """An action endpoint without network; raises what Rasa expects when an action declines its turn."""

    def __init__(self, paquet: str = "actions") -> None:
        super().__init__("http://actions.invalid")
        self._executeur = ActionExecutor()
        self._executeur.register_package(paquet)

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Run the action named in the body and return its events and responses."""
        appel = kwargs["json"]
        try:
            resultat = await self._executeur.run(appel)
        except ActionExecutionRejection as refus:
            corps = json.dumps({"error": refus.message, "action_name": refus.action_name})
            raise ClientResponseError(400, refus.message, corps) from refus
        return resultat.dict() if hasattr(resultat, "dict") else resultat
