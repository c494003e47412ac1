import { failed, passed } from "../finding.ts";
import type { Check } from "./check.ts";

export const recordsAreValid: Check = {
  name: "every record is valid, and a Bridge takes it",
  async run(subject) {
    const bridge = await subject.bridge();
    const { connection } = await subject.open();
    const app = await bridge.openApp(connection);
    try {
      const { status, missing, pushed } = await app.sync();
      if (status !== "completed") return failed(`the undisturbed system was read in part: ${missing.join("; ")}`);
      const empty = Object.keys(pushed).filter((slug) => pushed[slug] === 0);
      if (empty.length > 0) return failed(`there is no ${empty.join(", ")} to look at; give the upstream some`);
      return passed(
        Object.entries(pushed)
          .map(([slug, count]) => `${count} ${slug}`)
          .join(", "),
      );
    } catch (error) {
      return failed((error as Error).message);
    }
  },
};
