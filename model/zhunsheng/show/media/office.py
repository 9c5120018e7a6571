"""Files of office programs are archives that hold the time they were made: here they hold a day that does not change."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO

CORE = "docProps/core.xml"
TIMES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def settled(data: bytes, day: date) -> bytes:
    """The same archive as if made on that day (not before 1980, where the archive format begins)."""
    stamp = max(day, date(1980, 1, 1))
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            content = old.read(name)
            if name == CORE:
                content = TIMES.sub(rb"\g<1>" + f"{stamp.isoformat()}T00:00:00Z".encode() + rb"\g<3>", content)
            info = zipfile.ZipInfo(name, (stamp.year, stamp.month, stamp.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    return out.getvalue()
