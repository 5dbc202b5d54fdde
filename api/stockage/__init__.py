"""What the edge keeps: shared results, opinions, accounts, counts. Each feature declares its own tables."""

from api.stockage.session import LaSession, Stockage, TableService, get_db_session

__all__ = ["LaSession", "Stockage", "TableService", "get_db_session"]
