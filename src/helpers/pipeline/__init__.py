"""The run: notebooks in their order, documents beside their place, and one move at the end."""
