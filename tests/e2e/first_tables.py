"""A phone as the first release left it: plain tables of version 1, filled by hand."""

from hashlib import sha256
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page

from tests.e2e.phone import photo


def fill(page: Page, entries: list[dict[str, Any]], drafts: dict[str, Any]) -> None:
    """`page` is any page of our address that does not open the store itself. Signs in by its
    cookie, and keeps the answer as the first release did."""
    pictures = {
        each["media"][0]: list(each.pop("picture")) for each in entries if each.get("picture")
    }
    page.evaluate(FILL, {"entries": entries, "pictures": pictures, "drafts": drafts})


def record(person_id: object, visit_id: str, number: int, text: str) -> list[dict[str, Any]]:
    """The two entries of a record with a photo, photo first."""
    picture = bytes(photo(number)["buffer"])
    digest = sha256(picture).hexdigest()
    ticket = {
        "id": str(uuid4()),
        "category": "facility.power_lighting",
        "text": text,
        "public_area": True,
        "media": [digest],
    }
    said = {"method": "door", "outcome": "issue", "needs": [], "with_ids": [], "ticket": ticket}
    mine = {"person_id": str(person_id)}
    sent = {"object": f"media:{digest}", "label": "照片", "path": f"/media/{digest}"}
    told = {
        "object": f"visit:{visit_id}",
        "label": text,
        "path": f"/visits/{visit_id}/record",
        "body": said,
        "if_match": 1,
        "media": [digest],
        "picture": picture,
    }
    return [_entry(**mine, **sent), _entry(**mine, **told)]


def _entry(**given: Any) -> dict[str, Any]:
    return {
        "key": str(uuid4()),
        "method": "PUT",
        "body": None,
        "if_match": None,
        "media": [],
        "state": "waiting",
        "reason": "现在没有信号，连上网再试。",
        "code": None,
        "answer": None,
        "attempts": 1,
        "next_try_at": 0,
        "created_at": 1_795_400_000_000,
        "settled_at": None,
    } | given


SIGN_IN = """async ({ phone, password }) => {
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ phone, password, device_name: '旧手机' });
  const answer = await fetch('/api/v1/session', { method: 'POST', headers, body });
  if (answer.status !== 201) throw new Error(`sign-in: ${answer.status}`);
  window.session = await answer.json();
}"""

FILL = """async ({ entries, pictures, drafts }) => {
  const store = await new Promise((resolve, reject) => {
    const opening = indexedDB.open('honglin', 10);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => resolve(opening.result);
    opening.onupgradeneeded = () => {
      const made = (name, keyPath, more, indices) => {
        const table = opening.result.createObjectStore(name, { keyPath, ...more });
        for (const index of indices) table.createIndex(index, index, { unique: index === 'key' });
      };
      made('cache', 'path', {}, ['at']);
      made('outbox', 'seq', { autoIncrement: true }, ['key', 'object', 'state']);
      made('photos', 'hash', {}, []);
      made('drafts', 'id', {}, ['at']);
      made('settings', 'name', {}, []);
    };
  });
  const all = ['cache', 'outbox', 'photos', 'drafts', 'settings'];
  const filling = store.transaction(all, 'readwrite');
  filling.objectStore('settings').put({ name: 'session', value: window.session });
  for (const entry of entries) filling.objectStore('outbox').add(entry);
  for (const [hash, bytes] of Object.entries(pictures))
    filling.objectStore('photos').put({ hash, blob: new Blob([new Uint8Array(bytes)]) });
  for (const [id, value] of Object.entries(drafts))
    filling.objectStore('drafts').put({ id, value, at: Date.now() });
  await new Promise((resolve, reject) => {
    filling.oncomplete = resolve;
    filling.onerror = () => reject(filling.error);
  });
  store.close();
}"""


def sign_in(page: Page, phone: str, password: str) -> None:
    page.evaluate(SIGN_IN, {"phone": phone, "password": password})
