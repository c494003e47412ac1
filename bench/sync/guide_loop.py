"""The sync loop of the published guide, timed. Records come from a file; nothing else is changed."""

import json
import sys
import time

import requests

BASE_URL, API_KEY, APP_ID, RECORDS = sys.argv[1:5]
HEADERS = {
    "Authorization": f"Api-Key {API_KEY}",
    "Content-Type": "application/json",
}


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


with open(RECORDS) as file:
    records = json.load(file)

started = time.monotonic()
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
    time.sleep(5)
print(
    json.dumps(
        {
            "status": status["status"],
            "records": sum(len(rows) for rows in records.values()),
            "pushSeconds": pushed - started,
            "totalSeconds": time.monotonic() - started,
        }
    )
)
