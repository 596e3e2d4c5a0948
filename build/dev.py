"""Set up, run, check and test the project on a fresh machine, with nothing but Python 3.11 or later.

python build/dev.py run [FOLDER]   install, take in FOLDER (default: examples), open the program
python build/dev.py test           install all that the tests need and run them
python build/dev.py check          lint, types and import contracts only
python build/dev.py package        build the program as one folder that needs no Python: dist/ntmgraph
python build/dev.py evaluate ...   read the annotated documents: what is right, what got better or worse (--help)
python build/dev.py neo4j [FOLDER] start a Neo4j on this machine; FOLDER (default: .neo4j/home) keeps its data
python build/dev.py lock           pin the dependencies of pyproject.toml anew
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
from contextlib import suppress
from pathlib import Path

import neo4j_server

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK, DEV_LOCK = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
# Tesseract's file of the Vietnamese language, for scans: Debian's package brings it, the repository does not.
LANGUAGE = ROOT / "ingest" / "data" / "tessdata" / "vie.traineddata"
LANGUAGE_PACKAGE = "tesseract-ocr-vie"
# What the tests drive from outside Python: command -> Debian packages that bring it.
TEST_PROGRAMS = {
    "chromium": ("chromium",),
    "chromedriver": ("chromium-driver",),
    "pdftotext": ("poppler-utils",),
    "strip": ("binutils",),
    "fc-match": ("fontconfig",),
    "Xvfb": ("xvfb",),
    "xdotool": ("xdotool",),
}
TESTS_AT_ONCE = 4  # processes; each has a Neo4j and a browser of its own, some 3 GB
# The checker of accessible pages that the browser tests run; npm brings it.
AXE, AXE_PACKAGE = ROOT / ".axe" / "axe.min.js", "axe-core@4.14.1"
# Letters for the PDF files that tests make; how they fill a page depends on it.
FONT, FONT_PACKAGE = "Noto Serif", "fonts-noto-core"
# The system's web view, in which the window opens where there is one; with it come its bindings for Debian's Python.
WEBKIT, WEBKIT_PACKAGES = "*/girepository-1.0/WebKit2-4.1.typelib", ("python3-gi", "gir1.2-webkit2-4.1")


def call(*command: str | Path, env: dict[str, str] | None = None) -> None:
    """Run a command in the project's folder; its failure is ours."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def as_root(*command: str) -> bool:
    """Run a command as root where that needs no password; return whether it went well."""
    prefix: tuple[str, ...] = ()
    if os.name == "nt" or not shutil.which(command[0]):
        return False
    if os.geteuid() != 0:
        if not shutil.which("sudo"):
            return False
        prefix = ("sudo", "-n")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run([*prefix, *command], env=env, stdout=sys.stderr, check=False).returncode == 0


def install_debian(*packages: str) -> bool:
    return as_root("apt-get", "update", "-qq") and as_root("apt-get", "install", "-y", "-qq", *packages)


def make_environment() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs under whatever Python the machine has
        sys.exit("ntmgraph needs Python 3.11 or later; this is " + sys.version.split()[0])
    if PYTHON.exists():
        return
    command = [sys.executable, "-m", "venv", str(VENV)]
    if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0:
        return
    # Debian leaves ensurepip out of its Python package.
    shutil.rmtree(VENV, ignore_errors=True)
    if not install_debian(f"python{sys.version_info.major}.{sys.version_info.minor}-venv"):
        sys.exit("python3-venv is missing and could not be installed: run `apt-get install python3-venv` as root")
    call(*command)


def install(lock: Path) -> None:
    """Install what the lock names, and the project itself, unless that was done for this very lock."""
    make_environment()
    stamp = VENV / "installed.txt"
    wanted = hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    known = stamp.read_text(encoding="ascii").split() if stamp.exists() else []
    if wanted in known:
        return
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    print(f"Installing {lock.name} into {VENV.name} ...", file=sys.stderr)
    call(*pip, "--require-hashes", "-r", lock)
    call(*pip, "--no-build-isolation", "--no-deps", "-e", ROOT)
    # The development lock holds all of the other, so its stamp stands for both.
    both = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp.write_text(f"{wanted} {both}" if lock == DEV_LOCK else wanted, encoding="ascii")


def fetch_language() -> None:
    """Unpack the language file from Debian's package; that needs no root. Without it all but scans can be read."""
    if LANGUAGE.exists():
        return
    if shutil.which("apt-get") and shutil.which("dpkg-deb"):
        with tempfile.TemporaryDirectory() as folder:
            download = ("apt-get", "download", "-qq", LANGUAGE_PACKAGE)
            if subprocess.run(download, cwd=folder, stderr=subprocess.DEVNULL, check=False).returncode:
                as_root("apt-get", "update", "-qq")  # a fresh machine has no list of packages yet
                subprocess.run(download, cwd=folder, check=False)
            for package in Path(folder).glob("*.deb"):
                subprocess.run(("dpkg-deb", "-x", package, folder), check=False)
            if found := next(Path(folder).rglob(LANGUAGE.name), None):
                LANGUAGE.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(found, LANGUAGE)
                return
    print(
        f"Scans cannot be read: {LANGUAGE.name} is missing. Copy it into {LANGUAGE.parent} from a machine where this"
        f" set-up ran on Debian or Ubuntu (package {LANGUAGE_PACKAGE}), or from an installation of Tesseract.",
        file=sys.stderr,
    )


def run(folder: str) -> None:
    install(LOCK)
    fetch_language()
    workspace = ROOT / "workspace"
    ntmgraph = (PYTHON, "-m", "ntmgraph", "--workspace", workspace)
    taken_in = subprocess.run([str(part) for part in (*ntmgraph, "ingest", folder)], check=False).returncode
    if taken_in > 1:  # 1: some files were refused, each with its reason above
        sys.exit(taken_in)
    call(*ntmgraph, "serve")


def has_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    found = subprocess.run(("fc-list", f":family={FONT}"), capture_output=True, text=True, check=False)
    return bool(found.stdout.strip())


def install_test_programs() -> None:
    missing = [
        package for program, packages in TEST_PROGRAMS.items() if not shutil.which(program) for package in packages
    ]
    if not has_font():
        missing.append(FONT_PACKAGE)
    if not any(Path("/usr/lib").glob(WEBKIT)):
        missing += WEBKIT_PACKAGES
    if missing and not install_debian(*missing):
        print("Not installed: " + ", ".join(missing) + "; the tests that need them say so", file=sys.stderr)


def fetch_axe() -> None:
    """Unpack one file of an npm package; a machine without npm gets Debian's."""
    if AXE.exists() or not (shutil.which("npm") or install_debian("npm")):
        return
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(("npm", "pack", "--loglevel=error", AXE_PACKAGE), cwd=folder, stdout=sys.stderr, check=False)
        for package in Path(folder).glob("*.tgz"):
            with tarfile.open(package) as files:
                script = files.extractfile(f"package/{AXE.name}")
                assert script is not None
                AXE.parent.mkdir(exist_ok=True)
                AXE.write_bytes(script.read())


def install_neo4j() -> bool:
    """Fetch the Neo4j server, and from Debian the Java and the Maven for that; return whether it can be started."""
    if not neo4j_server.has_java():
        # Each release of Debian brings one of the two; the server runs on both.
        install_debian("openjdk-17-jre-headless") or install_debian("openjdk-21-jre-headless")
    if not neo4j_server.JARS.is_dir():
        if not shutil.which("mvn"):
            install_debian("maven")
        try:
            neo4j_server.fetch_jars()
        except neo4j_server.Neo4jError as error:
            print(error, file=sys.stderr)
    return neo4j_server.is_installed()


def neo4j(folder: str | None) -> None:
    """Run a Neo4j until Ctrl+C; the one line on standard output sets what ntmgraph needs to use it."""
    if not install_neo4j():
        sys.exit(f"Neo4j needs a Java of {neo4j_server.OLDEST_JAVA} or later, and Maven to be fetched: install them")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    home = Path(folder) if folder else neo4j_server.FOLDER / "home"
    try:
        with suppress(KeyboardInterrupt), neo4j_server.Neo4jServer.start(home) as server:
            print("export", *(f"{name}={value}" for name, value in server.environment.items()), flush=True)
            print(f"Neo4j {neo4j_server.VERSION} keeps its data in {home}; Ctrl+C stops it", file=sys.stderr)
            server.wait()
            sys.exit(f"Neo4j ended by itself; {home / 'logs'} may say why")
    except neo4j_server.Neo4jError as error:
        sys.exit(str(error))


def check() -> None:
    install(DEV_LOCK)
    call(BIN / "ruff", "check")
    call(BIN / "ruff", "format", "--check")
    call(BIN / "mypy")
    call(BIN / "lint-imports")


def test() -> None:
    install_test_programs()
    if not install_neo4j():
        print("Not installed: Neo4j; the tests that need it say so", file=sys.stderr)
    fetch_axe()
    fetch_language()
    check()
    call(PYTHON, Path("build") / "package.py", "--folder")  # here, lest two at once build it for their tests
    # Files of tests share what takes long to make: a server, a browser, a workspace.
    at_once = str(min(os.cpu_count() or 1, TESTS_AT_ONCE))
    call(PYTHON, "-m", "pytest", "-n", at_once, "--dist", "loadfile", env={**os.environ, "PYTHONUTF8": "1"})


def package() -> None:
    install(DEV_LOCK)
    fetch_language()
    call(PYTHON, Path("build") / "package.py", env={**os.environ, "PYTHONUTF8": "1"})


def evaluate(options: list[str]) -> None:
    install(DEV_LOCK)
    call(PYTHON, Path("benchmarks") / "evaluate.py", *options, env={**os.environ, "PYTHONUTF8": "1"})


def lock() -> None:
    install(DEV_LOCK)
    for target, groups in ((LOCK, ("build",)), (DEV_LOCK, ("build", "dev"))):
        chosen = [part for group in groups for part in ("--group", group)]
        options = ("--universal", "--generate-hashes", "--no-header", "--quiet", "--python-version", "3.11")
        call(BIN / "uv", "pip", "compile", *options, "pyproject.toml", *chosen, "-o", target.name)
    call(PYTHON, Path("build") / "wheels.py", BIN / "uv")


def main() -> None:
    if sys.argv[1:2] == ["evaluate"]:  # its options, --help among them, are its own
        evaluate(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("run", "test", "check", "package", "evaluate", "neo4j", "lock"))
    parser.add_argument("folder", nargs="?")
    arguments = parser.parse_args()
    if arguments.command == "run":
        run(arguments.folder or "examples")
    elif arguments.command == "neo4j":
        neo4j(arguments.folder)
    else:
        {"test": test, "check": check, "package": package, "lock": lock}[arguments.command]()


if __name__ == "__main__":
    main()
