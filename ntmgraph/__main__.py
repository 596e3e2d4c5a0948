"""`python -m ntmgraph` is the command line; a packaged program starts here too."""

import multiprocessing

from ntmgraph.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a packaged program's helper processes start here
    main()
