"""`python -m ntmgraph` is the command line; a packaged program starts here too, double-clicked with its window."""

import multiprocessing
import os
import sys


def main() -> None:
    """Do what the process was called for, and end it."""
    double_clicked = getattr(sys, "frozen", False) and len(sys.argv) == 1
    if double_clicked and not {"NTMGRAPH_WORKSPACE", "NTMGRAPH_GRAPH"} & os.environ.keys():
        from dash_app.desktop import open_window  # without the command line, which takes half a second to load

        sys.exit(0 if open_window() else 3)
    from ntmgraph.cli import main as command_line

    command_line()


if __name__ == "__main__":
    multiprocessing.freeze_support()  # a packaged program's helper processes start here
    main()
