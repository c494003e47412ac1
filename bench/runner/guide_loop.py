"""The sync loop of the published guide, timed. The records are read first, as the guide has them; nothing else is changed."""

import json
import sys
import time

import requests

BASE_URL, API_KEY, APP_ID, SYSTEM_URL = sys.argv[1:5]
HEADERS = {
    "Authorization": f"Api-Key {API_KEY}",
    "Content-Type": "application/json",
}


def read_records(slug, page_size=1000):
    """Read all records of the system."""
    records = []
    while True:
        page = requests.get(f"{SYSTEM_URL}/{slug}", params={"offset": len(records), "limit": page_size}).json()
        records += page["items"]
        if len(records) >= page["total"]:
            return records


def push_records(app_id, sync_id, slug, all_records, page_size=100):
    """Push records in pages of up to 100."""
    for i in range(0, len(all_records), page_size):
        page = all_records[i : i + page_size]
        response = requests.put(
            f"{BASE_URL}/api/v1/bridge/apps/{app_id}/sync/{sync_id}/{slug}/",
            headers=HEADERS,
            json={"records": page},
        )
        response.raise_for_status()


started = time.monotonic()
records = {slug: read_records(slug) for slug in ("team", "department", "license", "account")}
read = time.monotonic()
sync_id = requests.post(f"{BASE_URL}/api/v1/bridge/apps/{APP_ID}/sync/", headers=HEADERS).json()["sync_id"]
for slug, rows in records.items():
    push_records(APP_ID, sync_id, slug, rows)
pushed = time.monotonic()
requests.post(
    f"{BASE_URL}/api/v1/bridge/apps/{APP_ID}/sync/{sync_id}/complete/", headers=HEADERS
).raise_for_status()
while True:
    status = requests.get(f"{BASE_URL}/api/v1/bridge/apps/{APP_ID}/sync/{sync_id}/", headers=HEADERS).json()
    if status["status"] in ("completed", "error", "abandoned"):
        break
    time.sleep(0.1)
print(
    json.dumps(
        {
            "status": status["status"],
            "records": sum(len(rows) for rows in records.values()),
            "readSeconds": read - started,
            "pushSeconds": pushed - started,
            "totalSeconds": time.monotonic() - started,
        }
    )
)
