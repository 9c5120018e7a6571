"""Certificates: made, put before the kernel, held against today's rules."""
