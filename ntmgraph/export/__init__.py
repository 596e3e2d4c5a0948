"""What goes out of the program as files, and comes back: Excel, CSV, Word."""
