"""Is what is read right? Readings of annotated documents against what people wrote down, fact by fact."""
