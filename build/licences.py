"""The licences of everything inside the packaged program, gathered into one folder, and the check that none is GPL.

A distribution of Python names its licence in its metadata and brings its text, with those of what its wheel links in.
Libraries of the build machine's Debian are told by their package's copyright file. Those of GCC's runtime are GPL with
an exception for what GCC compiled, as PyInstaller's starter is for the programs that it starts.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Collection
from importlib import metadata
from pathlib import Path

# Distributions without a licence file of their own: where the licence is written.
NO_FILE = {"proxy-tools": "MIT"}
# The GNU GPL, but neither the Lesser one nor a GPL with an exception for what is linked.
_GPL = re.compile(r"\bA?GPL|GNU (Affero )?General Public", re.IGNORECASE)
_FILE = re.compile(r"LICEN[SC]E|COPYING|NOTICE|AUTHORS|COPYRIGHT", re.IGNORECASE)
# Copyleft libraries by the names of their files, wherever they come from: they must not be inside.
REFUSED = {"libreadline": "GPL 3", "libgdbm": "GPL 3", "libdb-": "AGPL 3", "libjbig": "GPL 2"}


class LicenceError(Exception):
    """Something inside may not be handed out under the project's licence, or does not say under which it may."""


def collect(target: Path, distributions: set[str], sources: Collection[str]) -> None:
    """Write each licence into `target`, with a list of all; raise LicenceError where one is missing or GPL."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    listed, wrong = [], []
    for name in sorted(distributions, key=str.lower):
        distribution = metadata.distribution(name)
        licence = licence_of(distribution)
        if _GPL.search(licence.replace("LGPL", "")):
            wrong.append(f"{name}: {licence}")
        files = [file for file in distribution.files or () if _is_licence(Path(file))]
        if not files and name.lower().replace("_", "-") not in NO_FILE:
            wrong.append(f"{name}: no licence file")
        for file in files:
            inner = Path(file).as_posix().replace("../", "").replace("/", "_")
            copy = target / name / re.sub(r"^.*\.dist-info_(licenses_)?", "", inner)
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(distribution.locate_file(file), copy)
        listed.append(f"{name} {distribution.version}: {licence}")
    shutil.copyfile(Path(__file__).parents[1] / "LICENSE", target / "ntmgraph.txt")
    starter = metadata.distribution("pyinstaller")
    (terms,) = (file for file in starter.files or () if file.name == "COPYING.txt")
    shutil.copyfile(starter.locate_file(terms), target / "PyInstaller.txt")
    listed.append(f"PyInstaller {starter.version}, its starter: GPL-2.0-or-later WITH Bootloader-exception")
    listed.append(f"Python {sys.version.split()[0]}: PSF-2.0")
    python = next((place for place in _python_licences() if place.is_file()), None)
    if python is None:
        wrong.append("Python: no licence file")
    else:
        shutil.copyfile(python, target / "Python.txt")
    for library in sorted({Path(source).name for source in sources}):
        wrong += [f"{library}: {licence}" for start, licence in REFUSED.items() if library.startswith(start)]
    for package, copyright_file in sorted(system_packages(sources).items()):
        shutil.copyfile(copyright_file, target / f"system-{package}.txt")
        listed.append(f"{package} (Debian): system-{package}.txt")
    (target / "LIST.txt").write_text("\n".join(listed) + "\n", encoding="utf-8")
    if wrong:
        raise LicenceError("These may not be handed out within the program:\n" + "\n".join(wrong))


def licence_of(distribution: metadata.Distribution) -> str:
    """What a distribution says that its licence is."""
    told = distribution.metadata
    classified = [each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or () if each.startswith("License")]
    short = (told.get("License") or "").strip().split("\n")[0]
    return told.get("License-Expression") or ", ".join(classified) or short or "not told"


def system_packages(sources: Collection[str]) -> dict[str, Path]:
    """Debian package -> its copyright file, of the libraries that came from the system itself."""
    libraries = [source for source in sources if re.match(r"(/usr)?/lib/.*\.so", source)]
    packages: dict[str, Path] = {}
    for library in libraries:
        for place in {library, str(Path(library).resolve()), str(Path(library).resolve()).removeprefix("/usr")}:
            found = subprocess.run(("dpkg", "-S", place), capture_output=True, text=True, check=False)
            if found.returncode == 0:
                package = found.stdout.split(":")[0]
                packages[package] = Path("/usr/share/doc") / package / "copyright"
                break
        else:
            raise LicenceError(f"{library}: from no package of the system")
    return packages


def _is_licence(file: Path) -> bool:
    return ("licenses" in file.parts or bool(_FILE.search(file.name))) and file.suffix not in (
        ".py",
        ".pyc",
        ".js",
        ".so",
    )


def _python_licences() -> list[Path]:
    base, version = Path(sys.base_prefix), f"{sys.version_info.major}.{sys.version_info.minor}"
    inner = base / "lib" / f"python{version}"
    return [base / "LICENSE.txt", inner / "LICENSE.txt", Path(f"/usr/share/doc/python{version}/copyright")]
