"""LibreOffice itself accepts or rejects all changes of a file, by a macro in a profile of its own."""

import subprocess
from pathlib import Path

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE {0} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{1}.dtd">'
_MACRO = """
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Resolve(sFrom As String, sTo As String, sCommand As String, sFilter As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = &quot;Hidden&quot;
  hidden(0).Value = True
  Dim none()
  Dim store(0) As New com.sun.star.beans.PropertyValue
  store(0).Name = &quot;FilterName&quot;
  store(0).Value = sFilter
  doc = StarDesktop.loadComponentFromURL(ConvertToURL(sFrom), &quot;_blank&quot;, 0, hidden())
  dispatcher = createUnoService(&quot;com.sun.star.frame.DispatchHelper&quot;)
  dispatcher.executeDispatch(doc.CurrentController.Frame, sCommand, &quot;&quot;, 0, none())
  doc.storeToURL(ConvertToURL(sTo), store())
  doc.close(True)
End Sub
</script:module>"""
_LIBRARY = """
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Module1"/>
</library:library>"""
_LIBRARIES = """
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/>
</library:libraries>"""
_FILTERS = {".odt": "writer8", ".docx": "MS Word 2007 XML"}
_STARTS = 3


def resolved(path: Path, what: str, *, profile: Path | None = None) -> Path:
    """The file as LibreOffice writes it after `what`, "Accept" or "Reject", of all changes.

    Its first start only makes the profile; many files one after another may share one.
    """
    profile = profile or path.parent / "profile"
    made = path.with_name(f"{what.lower()}{path.suffix}")
    order = f".uno:{what}AllTrackedChanges"
    macro = f'Resolve("{path}","{made}","{order}","{_FILTERS[path.suffix]}")'
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--norestore"]
    for _ in range(_STARTS):
        _write_macro(profile / "user" / "basic")
        subprocess.run(
            [*command, f"macro:///Standard.Module1.{macro}"],
            check=False,
            capture_output=True,
            timeout=120,
        )
        if made.exists():
            break
    return made


def _write_macro(basic: Path) -> None:
    (basic / "Standard").mkdir(parents=True, exist_ok=True)
    for name, kind, text in (
        ("Standard/Module1.xba", "module", _MACRO),
        ("Standard/script.xlb", "library", _LIBRARY),
        ("script.xlc", "libraries", _LIBRARIES),
    ):
        root = "script" if kind == "module" else "library"
        (basic / name).write_text(_HEAD.format(f"{root}:{kind}", kind) + text)
