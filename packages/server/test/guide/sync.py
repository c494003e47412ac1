"""The code of the guide's page on syncing; base URL, key and app are the arguments."""

import json
import sys
import time

import requests

BASE_URL = sys.argv[1]
HEADERS = {
    "Authorization": f"Api-Key {sys.argv[2]}",
    "Content-Type": "application/json",
}
app_id = sys.argv[3]


def push_records(app_id, sync_id, slug, all_records, page_size=100):
    """Push records in pages of up to 100."""
    total_created = 0
    total_updated = 0

    for i in range(0, len(all_records), page_size):
        page = all_records[i : i + page_size]
        response = requests.put(
            f"{BASE_URL}/api/v1/bridge/apps/{app_id}/sync/{sync_id}/{slug}/",
            headers=HEADERS,
            json={"records": page},
        )
        response.raise_for_status()
        result = response.json()
        total_created += result["created"]
        total_updated += result["updated"]

    return {"created": total_created, "updated": total_updated}


def wait_for_sync(app_id, sync_id, poll_interval=5, timeout=300):
    """Poll until the sync session reaches a terminal state."""
    elapsed = 0
    while elapsed < timeout:
        response = requests.get(
            f"{BASE_URL}/api/v1/bridge/apps/{app_id}/sync/{sync_id}/",
            headers=HEADERS,
        )
        response.raise_for_status()
        data = response.json()
        status = data["status"]

        if status == "completed":
            return data

        if status == "error":
            error = data.get("error", {})
            raise RuntimeError(
                f"Sync failed: {error.get('error_code')} - {error.get('message')}"
            )

        if status == "abandoned":
            return data

        time.sleep(poll_interval)
        elapsed += poll_interval

    raise TimeoutError(f"Sync did not complete within {timeout} seconds")


def start_sync():
    return requests.post(
        f"{BASE_URL}/api/v1/bridge/apps/{app_id}/sync/",
        headers=HEADERS,
    ).json()["sync_id"]


def sync_app(app_id, groups, licenses, accounts):
    """Run a complete paginated sync."""
    sync_id = start_sync()

    # Push groups and licenses first, then accounts
    counts = [
        push_records(app_id, sync_id, "team", groups),
        push_records(app_id, sync_id, "license", licenses),
        push_records(app_id, sync_id, "account", accounts),
    ]

    # Complete the sync
    requests.post(
        f"{BASE_URL}/api/v1/bridge/apps/{app_id}/sync/{sync_id}/complete/",
        headers=HEADERS,
    ).raise_for_status()
    return counts, wait_for_sync(app_id, sync_id)


groups = [{"id": f"g{n}", "name": f"Team {n}"} for n in range(3)]
licenses = [{"id": "lic-pro", "name": "Pro Plan", "max_count": 50, "used_count": 23, "is_paid": True}]
accounts = [
    {
        "id": f"u{n}",
        "email": f"u{n}@example.com",
        "memberships": {"team": [{"id": f"g{n % 3}"}]},
        "assignments": {"license": [{"id": "lic-pro"}]},
    }
    for n in range(250)
]
first, completed = sync_app(app_id, groups, licenses, accounts)
second, again = sync_app(app_id, groups, licenses, accounts[:245])

sync_id = start_sync()
validation = []
for records in (
    accounts[:101],
    [{"id": "u1", "email": "a@example.com", "memberships": {"nonexistent": [{"id": "x"}]}}],
    [{"id": "u1"}],
):
    response = requests.put(
        f"{BASE_URL}/api/v1/bridge/apps/{app_id}/sync/{sync_id}/account/",
        headers=HEADERS,
        json={"records": records},
    )
    if response.status_code in (400, 422):
        error_data = response.json()
        validation.append([response.status_code, error_data.get("detail")])
    else:
        response.raise_for_status()
abandoned = requests.post(
    f"{BASE_URL}/api/v1/bridge/apps/{app_id}/sync/{sync_id}/abandon/",
    headers=HEADERS,
)
print(
    json.dumps(
        {
            "first": first,
            "second": second,
            "completed": [[rt["slug"], rt["synced_count"]] for rt in completed["progress"]],
            "again": again["status"],
            "validation": validation,
            "abandoned": abandoned.status_code,
        }
    )
)
