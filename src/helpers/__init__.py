"""Notebook analytics and reporting for offices of Indonesia's narcotics board."""
