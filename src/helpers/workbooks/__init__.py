"""Workbooks for office staff: empty ones to fill, and copies of theirs with the bad cells marked."""
