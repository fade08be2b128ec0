"""The fact check: figures in a text held against the facts of an edition."""
