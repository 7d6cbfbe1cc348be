"""One row of an annex as the file has it, each fact with how it is known. Pure."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from publication.enums import ItemEffect

Known = Literal["read", "inherited", "guessed", "unknown"]


class ReplacedProcedure(BaseModel):
    """A procedure that the row's own one replaces, as far as the file names it."""

    model_config = ConfigDict(frozen=True)

    code: str = ""
    name: str = ""
    text: str = ""


class Origin(BaseModel):
    """How the facts of a row are known: read in it, handed down, guessed, or not at all."""

    model_config = ConfigDict(frozen=True)

    code: Known = "unknown"
    name: Known = "unknown"
    effect: Known = "unknown"
    levels: Known = "unknown"
    field: Known = "unknown"
    note: Known = "unknown"


class AnnexRow(BaseModel):
    """What a row says of one procedure; matching it with the register comes after."""

    model_config = ConfigDict(frozen=True)

    place: str
    part: str = ""
    ordinal: str = ""
    code_text: str = ""
    code: str = ""
    name: str = ""
    effect: ItemEffect | None = None
    levels: tuple[str, ...] = ()
    field: str = ""
    replaced: tuple[ReplacedProcedure, ...] = ()
    note: str = ""
    origin: Origin = Origin()
    remarks: tuple[str, ...] = ()

    def with_remark(self, remark: str) -> "AnnexRow":
        return self.model_copy(update={"remarks": (*self.remarks, remark)})


class ReadAnnex(BaseModel):
    """Everything read from one file; the remarks name what could not be read and where."""

    rows: list[AnnexRow]
    remarks: list[str]
