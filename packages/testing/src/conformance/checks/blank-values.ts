import { failed, passed, type Finding } from "../check.ts";
import { blankField, BLANKS, OptionalFields, rewriteBlanks, type Blank } from "../optional-fields.ts";
import { isSameTruth, isWhole, readEverything } from "../read-everything.ts";
import type { ReadResult, Subject } from "../subject.ts";
import type { FaultRule } from "@bridgekit/sandbox";
import type { Check } from "../check.ts";

/** Products write empty values differently from call to call and from release to release. */
export const blanksAreReadAlike: Check = {
  name: "absent, null and empty values are read alike",
  async run(subject) {
    const fields = await optionalFieldsOf(subject);
    const finding = (await tryRewritten(subject, fields)) ?? (await tryBlanked(subject));
    const names = [...new Set([...fields.map((field) => field.replace(/^\S+ /, "")), ...blankable(subject)])];
    return finding ?? passed(names.length === 0 ? "no field of the stand-in is ever empty" : names.sort().join(", "));
  },
};

/** Returns the text fields that the stand-in leaves empty in some rows. */
export async function optionalFieldsOf(subject: Subject): Promise<string[]> {
  const optional = new OptionalFields();
  const rule: FaultRule = (call) => ({
    kind: "change",
    change(body) {
      optional.learn(call, body);
      return body;
    },
  });
  await readEverything(subject, await subject.open(), { rule });
  return optional.list();
}

/** Fields that the stand-in always fills but the product does not. */
export function blankable({ options }: Subject): readonly string[] {
  return options.optionalFields ?? [];
}

const readWith = async (subject: Subject, rule: FaultRule): Promise<ReadResult> =>
  readEverything(subject, await subject.open(), { rule });

/** Empty values written in another form must read as before. */
async function tryRewritten(subject: Subject, fields: readonly string[]): Promise<Finding | undefined> {
  const good = await subject.goodRead();
  const isRead = async (some: readonly string[], blank: Blank) => {
    const set = new Set(some);
    const read = await readWith(subject, (call) => rewriteBlanks(call, set, blank));
    return isReportedHidden(read, blank) || (isWhole(read) && isSameTruth(read, good));
  };
  for (const blank of BLANKS) {
    if (fields.length === 0 || (await isRead(fields, blank))) continue;
    for (const field of fields)
      if (!(await isRead([field], blank))) return failed(`${field} reads differently if its empty value is ${blank}`);
    return failed(`the empty values of ${fields.join(", ")} read differently if they are ${blank}`);
  }
  return undefined;
}

/** Fields that the stand-in always fills, emptied in each form, must read alike and lose nobody. */
async function tryBlanked(subject: Subject): Promise<Finding | undefined> {
  const good = await subject.goodRead();
  const idsOf = ({ records }: ReadResult) =>
    JSON.stringify(Object.entries(records).map(([slug, list]) => [slug, list.map(({ id }) => id).sort()]));
  for (const name of blankable(subject)) {
    const reads: ReadResult[] = [];
    for (const blank of BLANKS) {
      const read = await readWith(subject, () => blankField(name, blank));
      if (isReportedHidden(read, blank)) continue;
      if (isWhole(read) && idsOf(read) !== idsOf(good))
        return failed(`if ${name} is ${blank}, the read claims to be complete, with other ids`);
      const [first = read] = reads;
      if (isWhole(read) !== isWhole(first) || (isWhole(read) && !isSameTruth(read, first)))
        return failed(`${name} reads differently if it is ${blank}`);
      reads.push(read);
    }
  }
  return undefined;
}

/** Some products omit a field to withhold it, so a read may then report itself as partial. */
function isReportedHidden(read: ReadResult, blank: Blank): boolean {
  return blank === "absent" && !isWhole(read);
}
