"""A choice: a frozen group of fields, each with its limits and its default, of which questions are made."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Choice(BaseModel):
    """A frozen, hashable group of fields that refuses what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
