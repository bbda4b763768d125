"""Looks at a process while it runs: its peaks of memory, threads and open files."""

import os
import re
import threading

FIELDS = {"memory": re.compile(r"VmHWM:\s+(\d+)"), "threads": re.compile(r"Threads:\s+(\d+)")}


class Watch(threading.Thread):
    """From its making on; peaks["memory"] is in kB."""

    def __init__(self, pid, pause=0.02):
        super().__init__(daemon=True)
        self.pid, self.pause = pid, pause
        self.peaks = {"memory": 0, "threads": 0, "files": 0}
        self.over = threading.Event()
        self.start()

    def look(self):
        with open(f"/proc/{self.pid}/status", encoding="ascii", errors="replace") as status:
            text = status.read()
        found = {name: field.search(text) for name, field in FIELDS.items()}
        now = {name: int(match[1]) for name, match in found.items() if match}
        now["files"] = len(os.listdir(f"/proc/{self.pid}/fd"))
        for name, value in now.items():
            self.peaks[name] = max(self.peaks[name], value)

    def run(self):
        while not self.over.wait(self.pause):
            try:
                self.look()
            except OSError:
                return

    def end(self):
        self.over.set()
        self.join()
        return self.peaks
