"""Why the environment cannot be made, told in the reader's words."""

from __future__ import annotations

from helpers.environment.texts import text


class SetupError(Exception):
    """The environment cannot be made or used as it is; ``reason`` names the text.

    Parameters
    ----------
    reason : str
        Key below ``environment.failed`` in the catalogue; it has ``what`` and ``remedy``.
    """

    exit_code = 2

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values

    def text(self, locale: str) -> str:
        """Return what is wrong and what to do, as two lines."""
        key = f"environment.failed.{self.reason}"
        what, remedy = (text(f"{key}.{part}", locale, **self.values) for part in ("what", "remedy"))
        return f"{what}\n{remedy}"
