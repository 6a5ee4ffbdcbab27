"""Traces that pages bring along: data of photographs, of programs, of what was edited."""

import pikepdf

from casa.drafting.cleaning.pictures import without_camera_data
from casa.drafting.cleaning.work import Work

_TRACES = ("/Metadata", "/PieceInfo", "/LastModified", "/OPI", "/Alternates", "/StructParent",
           "/StructParents", "/AF", "/Measure", "/PtData")  # fmt: skip
_PHOTO = "/DCTDecode"


def without_traces(copy: pikepdf.Pdf, *, work: Work) -> None:
    """Take them out of every object of the copy."""
    for held in copy.objects:
        if not isinstance(held, pikepdf.Dictionary | pikepdf.Stream):
            continue
        for key in _TRACES:
            if key in held:
                del held[key]
        if isinstance(held, pikepdf.Stream) and str(held.get("/Filter", "")) == _PHOTO:
            data = held.read_raw_bytes()
            bare = without_camera_data(data)
            if bare != data:
                work.dropped["picture-data"] += 1
                held.write(bare, filter=pikepdf.Name.DCTDecode)
