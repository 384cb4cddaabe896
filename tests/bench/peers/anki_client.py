"""Anki as a client that is told by lines what to do; run by the Python that has the package `anki`."""

import importlib
import sys
import time
from typing import Any

from tests.bench.contenders import serve_lines
from tests.bench.sync_words import text_of


class Anki:
    def __init__(self, path: str, url: str) -> None:
        self.package = importlib.import_module("anki.collection")
        self.collection = self.package.Collection(path)
        self.auth = self.collection.sync_login("u", "p", url)
        self.auth.endpoint = url

    def begin(self, way: str) -> dict[str, Any]:
        """A collection's first exchange is a whole file, one way: the first client sends its own, with one note."""
        if way == "up":
            self.add("1")
        self.collection.sync_collection(self.auth, False)
        self.collection.close_for_full_sync()
        self.collection.full_upload_or_download(auth=self.auth, server_usn=None, upload=way == "up")
        self.collection.reopen(after_full_sync=True)
        return {}

    def add(self, count: str) -> dict[str, Any]:
        deck = self.collection.decks.id("Default")
        kind = self.collection.models.by_name("Basic")
        asked = []
        for i in range(int(count)):
            note = self.collection.new_note(kind)
            note["Front"], note["Back"] = f"rec {i} {time.time_ns()}", text_of(i)
            asked.append(self.package.AddNoteRequest(note, deck))
        self.collection.add_notes(asked)
        return {}

    def edit(self) -> dict[str, Any]:
        key = self.collection.db.scalar("select id from notes order by id limit 1 offset 5")
        note = self.collection.get_note(key)
        note["Front"] = f"changed {time.time_ns()}"
        self.collection.update_note(note)
        return {}

    def sync(self) -> dict[str, Any]:
        done = self.collection.sync_collection(self.auth, False)
        return {"required": int(done.required)}

    def count(self) -> dict[str, Any]:
        return {"rows": self.collection.note_count() - 1}


if __name__ == "__main__":
    anki = Anki(sys.argv[1], sys.argv[2])
    serve_lines(anki)
    anki.collection.close()
