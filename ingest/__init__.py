"""From a file to facts: readers, normaliser, header, provisions, mentions, links, facts."""
