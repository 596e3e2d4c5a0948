"""The command line: `ntmgraph [--workspace DIR] COMMAND`, in Vietnamese, for people and with `--json` for programs.

Exit codes: 0 done, 1 done in part (some files refused) or an error of the program, 2 wrong call, 3 the workspace
cannot be reached or opened.
"""

from ntmgraph.cli.commands import cli, main

__all__ = ["cli", "main"]
