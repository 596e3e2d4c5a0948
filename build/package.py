"""Build the program as one folder that needs no Python: `make package`, or `python build/dev.py package`.

dist/ntmgraph/                  the program, with LICENSES/ of everything inside it and parts.json, what weighs how much
dist/ntmgraph-VERSION-SYSTEM.*  the same folder as one file (.zip on Windows and macOS, .tar.xz on Linux)
dist/SHA256SUMS                 checksums of what is handed out

`ntmgraph.spec` says what goes in, with the functions here; PyInstaller follows the imports. `--folder` stops before the
archive. A folder that was built of the very same sources is left as it is.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import elf
import licences

ROOT = Path(__file__).resolve().parents[1]
DIST, WORK = ROOT / "dist", ROOT / "dist" / ".work"
FOLDER = DIST / "ntmgraph"
PROGRAM = FOLDER / ("ntmgraph.exe" if os.name == "nt" else "ntmgraph")
CONSOLE = "ntmgraph.com"  # on Windows, the same program with a console
STAMP = "sources.sha256"
OURS = ("ntmgraph", "ingest", "dash_app", "cypher")
LOCK = ROOT / "requirements.lock"
RECIPE = (
    "package.py",
    "licences.py",
    "install.sh",
    *(f"ntmgraph.{kind}" for kind in ("spec", "manifest", "ico", "png")),
)
LANGUAGE = "vie.traineddata"
OPENSSL = ("libssl-3-x64.dll", "libcrypto-3-x64.dll")  # Windows: ladybug is linked to these, and its wheel has them not

# Modules that are never imported here. The analysis does not follow them, which halves its time.
UNUSED = (
    "PIL.AvifImagePlugin",  # with the library for AVIF pictures, which are not read
    "PIL._avif",
    "dash.mcp",
    "dash.testing",
    "gi",  # GTK and its WebKit belong to the system, or are not there
    "lxml.isoschematron",
    "lxml.objectify",
    "ntmgraph.store.py2neo",  # for analysts' scripts
    "numpy.f2py",
    "plotly.express",
    "plotly.figure_factory",
    "plotly.matplotlylib",
    "pydoc_data",
    "readline",  # GPL, and nobody types Python here
    "setuptools",
    "spacy.tests",
    "thinc.tests",
    "tkinter",
)
# Packages of which only these modules are wanted: one file for each kind of chart, language or grammar is not.
WANTED = {
    "plotly.graph_objs": {"_figure"},
    "pygments.lexers": {"_mapping"},
    "spacy.lang": {
        *("vi", "xx", "ja", "ko", "th", "zh"),  # spaCy itself imports the last four
        *("char_classes", "lex_attrs", "norm_exceptions", "punctuation", "tokenizer_exceptions"),
    },
}
# Files that packages bring and the program never opens: pattern of the place in the bundle -> why it is left out.
LEFT_OUT = {
    r"\.map$": "source maps of scripts, for those who debug them",
    r"\.dev\.js$": "development build of Dash's renderer",
    r"dash/deps/(?!.*\.min\.js$)": "readable copies of React",
    r"dash/deps/react(-dom)?@(16|18\.2)": "versions of React that are not used",
    r"^dash/dash_table/(?!bundle\.js$|package-info\.json$)": "Dash's table, but for its shell; none is shown",
    r"dash/dcc/(async-|plotly)": "charts, formulas, sliders and the like, loaded when a page has one; none has",
    r"dash/(labextension|nbextension|mcp|testing)/": "Dash for notebooks and tests",
    r"^dash/.*metadata\.json$": "how Dash's components are made",
    r"^plotly/": "scripts and templates of charts",
    r"\.(pyx|pxd|pyi|hpp|h|c|cpp|cc)$": "sources of compiled modules",
    r"^(spacy|thinc)/tests/": "tests",
    r"^spacy/lang/(?!(vi|xx|ja|ko|th|zh)/)": "rules of other languages",
    r"(^|/)libjbig-": "fax pictures in TIFF, GPL 2; Tesseract opens no file here, and `build` makes it load without",
    r"-[^/]*\.dist-info/(RECORD|INSTALLER|REQUESTED|direct_url\.json)$": "how pip installed it",
}
_LEFT_OUT = re.compile("|".join(LEFT_OUT))

Toc = list[tuple[str, str, str]]  # of PyInstaller: place in the bundle, source, kind


class PackageError(Exception):
    """The program cannot be built so that it would run; says what is missing and where to get it."""


# What goes in: called by ntmgraph.spec


def own_data() -> list[tuple[str, str]]:
    """The project's own files that are no Python, and one folder that python-docx steps through to its templates."""
    if not (ROOT / "ingest" / "data" / "tessdata" / LANGUAGE).is_file():
        raise PackageError(f"{LANGUAGE} is missing: scans could not be read. `python build/dev.py run` fetches it.")
    docx = find_spec("docx")
    assert docx is not None and docx.submodule_search_locations
    files = (path for name in OURS for path in (ROOT / name).rglob("*") if path.suffix not in (".py", ".pyc", ".md"))
    return [
        *((str(path), str(path.parent.relative_to(ROOT))) for path in files if path.is_file()),
        (str(Path(docx.submodule_search_locations[0]) / "parts" / "__init__.py"), "docx/parts"),
    ]


def openssl_of_windows() -> list[tuple[str, str]]:
    """The two libraries that ladybug needs on Windows, from OPENSSL_FOLDER, Python or PATH; elsewhere none."""
    if sys.platform != "win32":
        return []
    named = os.environ.get("OPENSSL_FOLDER")
    places = [Path(named)] if named else [Path(sys.base_prefix), Path(sys.base_prefix, "DLLs")]
    places += [Path(part) for part in os.environ.get("PATH", "").split(os.pathsep) if part and not named]
    found = {name: next((place / name for place in places if (place / name).is_file()), None) for name in OPENSSL}
    if missing := [name for name, path in found.items() if path is None]:
        raise PackageError(
            f"{', '.join(missing)} not found: without them the graph does not open on a PC that has no OpenSSL. Install"
            " OpenSSL 3 for 64 bit (`choco install openssl.light`) and set OPENSSL_FOLDER to the folder of its DLLs."
        )
    return [(str(path), ".") for path in found.values()]


def excluded_modules() -> list[str]:
    """All that the lock for running does not name but this environment has, and what is never imported."""
    locked = {_normal(name) for name in re.findall(r"^([\w.-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE)}
    others = [
        module
        for module, owners in metadata.packages_distributions().items()
        if module.isidentifier() and module not in OURS and not locked & {_normal(owner) for owner in owners}
    ]
    rest = [
        f"{package}.{module}" for package, wanted in WANTED.items() for module in sorted(_modules_of(package) - wanted)
    ]
    return [*others, *UNUSED, *rest]


def trimmed(toc: Iterable[tuple[str, str, str]]) -> Toc:
    return [entry for entry in toc if not _LEFT_OUT.search(entry[0].replace("\\", "/"))]


def with_docstrings(modules: Iterable[tuple[str, str, str]]) -> Toc:
    """Our own modules as they are written: the help of the command line stands in docstrings."""
    return [(name, path, "PYMODULE" if name.split(".")[0] in OURS else kind) for name, path, kind in modules]


def version_file() -> Path:
    """Windows' description of the program, for the file's properties."""
    version = metadata.version("ntmgraph")
    numbers = (*(int(part) for part in version.split(".")[:3]), 0)
    texts = {
        "CompanyName": "ntmgraph",
        "FileDescription": "Sổ tay trách nhiệm nông thôn mới",
        "FileVersion": version,
        "InternalName": "ntmgraph",
        "LegalCopyright": "MIT",
        "OriginalFilename": "ntmgraph.exe",
        "ProductName": "ntmgraph",
        "ProductVersion": version,
    }
    told = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in texts.items())
    path = WORK / "version.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0, OS=0x40004,"
        f" fileType=1, subtype=0, date=(0, 0)), kids=[StringFileInfo([StringTable('042A04B0', [{told}])]),"
        " VarFileInfo([VarStruct('Translation', [0x042A, 1200])])])",
        encoding="utf-8",
    )
    return path


# The folder


def sources() -> str:
    """One hash over all that the folder is made of."""
    made_of = [LOCK, ROOT / "pyproject.toml", *(ROOT / "build" / name for name in RECIPE)]
    made_of += sorted(path for name in OURS for path in (ROOT / name).rglob("*"))
    total = hashlib.sha256(f"{sys.version} {sys.platform} {platform.machine()}".encode())
    for path in made_of:
        if path.is_file() and path.suffix not in (".pyc", ".md"):
            total.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def build() -> Path:
    """Return the folder, built anew where the sources are others than it was built of."""
    stamp = FOLDER / STAMP
    wanted = sources()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return FOLDER
    shutil.rmtree(FOLDER, ignore_errors=True)
    command = (sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR")
    folders = ("--distpath", str(DIST), "--workpath", str(WORK))
    # An editable installation may stand for another copy of the sources.
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
    recipe = str(ROOT / "build" / "ntmgraph.spec")
    if subprocess.run((*command, *folders, recipe), cwd=ROOT, env=environment, check=False).returncode:
        raise PackageError("PyInstaller did not build the folder; it says why above")
    if os.name == "nt":
        (FOLDER / f"{CONSOLE}.exe").rename(FOLDER / CONSOLE)
    if sys.platform == "linux":
        strip_symbols(FOLDER)
        for path in FOLDER.rglob("tesserocr.libs/libtiff-*"):
            elf.forget_library(path, "libjbig-", "jbg_")
        (FOLDER / "install.sh").write_bytes((ROOT / "build" / "install.sh").read_bytes())
        (FOLDER / "install.sh").chmod(0o755)
        shutil.copyfile(ROOT / "build" / "ntmgraph.png", FOLDER / "ntmgraph.png")
    owners = dict(owned())
    licences.collect(FOLDER / "LICENSES", set(owners.values()), [source for _, source, _ in collected()])
    parts = {"parts": sizes(), "left_out": LEFT_OUT}
    (FOLDER / "parts.json").write_text(json.dumps(parts, ensure_ascii=False, indent=1), encoding="utf-8")
    stamp.write_text(wanted, encoding="ascii")
    return FOLDER


def strip_symbols(folder: Path) -> None:
    """Take the names for debuggers out of libraries: wheels for Linux keep them, those for Windows have none.

    What wheels bring in `*.libs` was patched by their makers, and stripping breaks it.
    """
    libraries = [
        path
        for path in folder.rglob("*.so*")
        if path.is_file() and not path.is_symlink() and not path.parent.name.endswith(".libs")
    ]
    subprocess.run(("strip", "--strip-unneeded", *map(str, libraries)), check=True)


def collected() -> Toc:
    """All that PyInstaller put into the last folder, modules within the program file included."""
    entries: Toc = []
    for name in ("COLLECT-00.toc", "PYZ-00.toc"):
        guts = ast.literal_eval((WORK / "ntmgraph" / name).read_text(encoding="utf-8"))
        entries += next(part for part in guts if isinstance(part, list))
    return entries


def owned() -> Iterator[tuple[str, str]]:
    """(source, distribution that it was installed by), of what comes from a distribution."""
    for _, source, _ in collected():
        _, found, tail = Path(source).as_posix().partition("/site-packages/")
        if found and (owner := _owner(tail.split("/")[0])):
            yield source, owner


def sizes() -> dict[str, float]:
    """MB (10^6 bytes) on disk of each part of the folder, largest first; `ntmgraph` is the program file itself."""
    inner = FOLDER / "_internal"
    total: Counter[str] = Counter()
    for path in FOLDER.rglob("*"):
        if path.is_file() and not path.is_symlink():
            place = path.relative_to(inner if inner in path.parents else FOLDER)
            part = re.sub(r"(\.libs|-[^/-]*\.dist-info)$", "", place.parts[0])
            total[part] += path.stat().st_size
    return {part: round(size / 1e6, 1) for part, size in total.most_common() if size > 50_000}


def _owner(top: str) -> str | None:
    """The distribution that a file or folder directly in site-packages belongs to."""
    name = re.sub(r"\.libs$", "", re.sub(r"(\.cpython.*|\.abi3.*|\.cp3.*)?\.(so|pyd|py)$", "", top))
    owners = _distributions()
    if name.endswith(".dist-info"):
        return str(metadata.distribution(name.partition("-")[0]).metadata["Name"])
    return owners.get(name, [None])[0] or owners.get({"pillow": "PIL"}.get(name, ""), [None])[0]


@cache
def _distributions() -> dict[str, list[str]]:
    return dict(metadata.packages_distributions())


def _modules_of(package: str) -> set[str]:
    spec = find_spec(package)
    assert spec is not None and spec.submodule_search_locations
    paths = (path for place in spec.submodule_search_locations for path in Path(place).iterdir())
    return {name for path in paths if (name := path.name.partition(".")[0]).isidentifier() and name != "__init__"}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


# What is handed out


def archive() -> Path:
    """Return the folder as one file, beside it."""
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, sys.platform)
    name = f"ntmgraph-{metadata.version('ntmgraph')}-{system}-{platform.machine().lower()}"
    if sys.platform == "linux":
        path = DIST / f"{name}.tar.xz"
        with tarfile.open(path, "w:xz", preset=6) as file:
            file.add(FOLDER, "ntmgraph")
    elif sys.platform == "darwin":
        path = DIST / f"{name}.zip"  # zipfile would lose the links within
        subprocess.run(("ditto", "-c", "-k", "--keepParent", str(FOLDER), str(path)), check=True)
    else:
        path = Path(shutil.make_archive(str(DIST / name), "zip", DIST, "ntmgraph"))
    return path


def write_checksums() -> Path:
    """Write `sha256sum --check`'s list of the files in dist/."""
    files = sorted(path for path in DIST.glob("ntmgraph-*") if path.is_file())
    lines = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")
    return DIST / "SHA256SUMS"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", action="store_true", help="build the folder only")
    arguments = parser.parse_args()
    try:
        folder = build()
        print(f"{folder}: {sum(sizes().values()):.0f} MB", file=sys.stderr)
        if not arguments.folder:
            path = archive()
            print(f"{path}: {path.stat().st_size / 1e6:.0f} MB", file=sys.stderr)
            write_checksums()
    except (PackageError, licences.LicenceError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
