"""What people do with the program in a morning: take in, look at every page, export. Run by itself it cuts the network
of its namespace down to loopback first, and prints how often anything tried to leave it.

python tests/safety/walk.py WORKSPACE [ADDRESS]: ADDRESS is tried to be reached as well, to see that it is counted.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
NTMGRAPH = (sys.executable, "-m", "ntmgraph")
TAKEN = ("2022-04-20-ke-hoach-812-kh-ubnd.pdf", "2022-05-12-quyet-dinh-655-qd-ubnd.docx")
FILES = (
    "/xuat/nhiem-vu.xlsx",
    "/xuat/nhiem-vu.docx",
    "/xuat/nhiem-vu.csv",
    "/xuat/phan-cong.xlsx",
    "/van-ban-goc/ubnd-tinh-cao-bang.812-kh-ubnd.2022",
    "/nhiem-vu/lich.ics?on=2023-02-01",
)


def walk(workspace: Path, environment: Mapping[str, str] | None = None) -> None:
    """Take in two examples, then ask the program for everything, in processes with this environment."""
    from addresses import ADDRESSES
    from visitor import Visitor

    program = (*NTMGRAPH, "--workspace", str(workspace))
    subprocess.run(
        (*program, "ingest", *(f"examples/{name}" for name in TAKEN)),
        cwd=ROOT,
        env=environment,
        stdout=sys.stderr,
        check=True,
    )
    serve = (*program, "serve", "--no-browser")
    with subprocess.Popen(serve, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            visitor = Visitor.signed_in(running.stdout.readline().strip())
            assert visitor.get("/").status == 200
            for path in ADDRESSES:
                shown = visitor.page(path)
                assert shown.status == 200, path
                assert "Chưa hiển thị được" not in json.dumps(json.loads(shown.body), ensure_ascii=False), path
            for path in FILES:
                assert visitor.get(quote(path, safe="/?=&")).status == 200, path
        finally:
            running.terminate()


def counted() -> dict[str, int]:
    """Return how often this network namespace was asked for a way out, and what left it by UDP (names looked up)."""
    lines = Path("/proc/net/snmp").read_text().splitlines()
    found = {}
    for names, values in zip(lines[::2], lines[1::2], strict=True):
        protocol = names.partition(":")[0]
        for name, value in zip(names.split()[1:], values.split()[1:], strict=True):
            found[f"{protocol}.{name}"] = int(value)
    six = dict(line.split() for line in Path("/proc/net/snmp6").read_text().splitlines())
    return {
        "without a way": found["Ip.OutNoRoutes"] + int(six["Ip6OutNoRoutes"]),
        "by UDP": found["Udp.OutDatagrams"] + int(six["Udp6OutDatagrams"]),
    }


def main() -> None:
    import socket

    subprocess.run(("ip", "link", "set", "lo", "up"), check=True)
    walk(Path(sys.argv[1]))
    for address in sys.argv[2:]:
        try:
            socket.create_connection((address, 80), timeout=1).close()
        except OSError as error:
            sys.stderr.write(f"{address}: {error}\n")
    sys.stdout.write(json.dumps(counted()))


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    main()
