"""Certificates, and what the kernel says of them."""
