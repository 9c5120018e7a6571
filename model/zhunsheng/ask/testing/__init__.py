"""Scenarios, and what they try out."""
