"""The base of every record: frozen, closed, comparable by value."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen record. Unknown keys are refused, so a stored artefact of another shape is never half-read."""

    model_config = ConfigDict(frozen=True, extra="forbid")
