"""The desk: pages in Vietnamese over one workspace."""
