"""ntmgraph reads directives on New Rural Development into a graph of who must do what by when."""

__version__ = "0.1.0"
