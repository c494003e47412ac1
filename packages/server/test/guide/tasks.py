"""The task loop of the guide; base URL, key and app are the arguments. It runs until it is ended."""

import logging
import sys
import time

import requests

BASE_URL = sys.argv[1]
HEADERS = {
    "Authorization": f"Api-Key {sys.argv[2]}",
    "Content-Type": "application/json",
}
POLL_INTERVAL = 30  # seconds

logging.basicConfig(level=logging.INFO)
logger = logging.getLogger("bridge-connector")


def execute_task(task):
    """
    Execute a provisioning task in the external system.
    Returns (True, result_dict) on success or (False, error_dict) on failure.
    """
    action = task["action"]
    payload = task["payload"]
    account = payload.get("account", {})
    account_id = account.get("id")

    if action == "suspend_account":
        logger.info(f"Suspended account {account_id}")
        return True, {}

    return False, {
        "code": "INTERNAL_ERROR",
        "message": f"Unknown action: {action}",
    }


def report_task_status(app_id, task_id, success, data):
    """Report task completion or failure."""
    if success:
        body = {"status": "completed", "result": data}
    else:
        body = {"status": "failed", "error": data}

    response = requests.patch(
        f"{BASE_URL}/api/v1/bridge/apps/{app_id}/tasks/{task_id}/status/",
        headers=HEADERS,
        json=body,
    )

    if response.status_code == 409:
        logger.warning(f"Task {task_id} already in terminal state")
    else:
        response.raise_for_status()
        logger.info(f"Reported {body['status']} for task {task_id}")


def poll_and_execute(app_id):
    """Main loop: poll for pending tasks and execute them."""
    while True:
        try:
            response = requests.get(
                f"{BASE_URL}/api/v1/bridge/apps/{app_id}/tasks/",
                headers=HEADERS,
                params={"status": "pending"},
            )
            response.raise_for_status()
            tasks = response.json()["tasks"]

            for task in tasks:
                task_id = task["id"]
                success, data = execute_task(task)
                report_task_status(app_id, task_id, success, data)
                # Reporting the same task twice must be harmless.
                report_task_status(app_id, task_id, success, data)

        except requests.RequestException as e:
            logger.error(f"API error during polling: {e}")

        time.sleep(POLL_INTERVAL)


poll_and_execute(sys.argv[3])
