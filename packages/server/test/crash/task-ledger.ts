import type { Send } from "../model/caller.ts";

/** What is known of a task: created, perhaps reported (the response was lost), or reported for sure. */
type Known = "created" | "perhaps" | "reported";

/** Creates and reports tasks of an app, and remembers what was acknowledged. */
export class TaskLedger {
  readonly #send: Send;
  readonly #known = new Map<string, Known>();

  constructor(send: Send) {
    this.#send = send;
  }

  async doOne(appId: string): Promise<void> {
    const payload = { account: { id: "wish", email: "wish@example.com" } };
    const created = await this.#send("POST", `/apps/${appId}/tasks/`, { action: "create_account", payload });
    if (created.status !== 201) throw new Error(`Creating a task returned ${created.status}.`);
    const { id } = created.body;
    this.#known.set(id, "created");
    // From here on it may have happened, with or without a response.
    this.#known.set(id, "perhaps");
    const reported = await this.#send("PATCH", `/apps/${appId}/tasks/${id}/status/`, {
      status: "completed",
      result: { note: id },
    });
    if (reported.status !== 200) throw new Error(`The report of the task ${id} returned ${reported.status}.`);
    this.#known.set(id, "reported");
  }

  /** Throws if an acknowledged task or report is missing. Afterwards they are forgotten. */
  async verify(appId: string): Promise<void> {
    for (const [id, known] of this.#known) {
      const { status, body } = await this.#send("GET", `/apps/${appId}/tasks/${id}/`);
      if (status !== 200) throw new Error(`The task ${id} was acknowledged and returns ${status}.`);
      const allowed = { created: ["pending"], perhaps: ["pending", "completed"], reported: ["completed"] }[known];
      const isWhole = body.status !== "completed" || body.result?.note === id;
      if (!allowed.includes(body.status) || !isWhole)
        throw new Error(`The task ${id} is ${known} for its reporter and ${JSON.stringify(body)} for the server.`);
    }
    this.#known.clear();
  }
}
