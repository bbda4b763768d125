"""Runs a command at a terminal, types a text there, and prints what the terminal showed.

terminal.py TYPED COMMAND ARGUMENT...   escapes as `\\n` in TYPED are read; ends as the command does
"""

import os
import pty
import sys

typed, argv = sys.argv[1].encode().decode("unicode_escape").encode("latin-1"), sys.argv[2:]
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(argv[0], argv)
os.write(terminal, typed)
seen = b""
try:
    while chunk := os.read(terminal, 4096):
        seen += chunk
except OSError:
    pass
sys.stdout.buffer.write(seen)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
