"""Counts that stay what they are on a fast and on a slow machine: bytes allocated, system calls, bytes on the wire and
buffers held, a request. A count that grows beyond what is written down fails; nothing is timed."""
