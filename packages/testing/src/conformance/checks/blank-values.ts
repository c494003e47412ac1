import { failed, passed, type Finding } from "../check.ts";
import { blankField, BLANKS, OptionalFields, rewriteBlanks, type Blank } from "../optional-fields.ts";
import { isSameTruth, isWhole, readEverything } from "../read-everything.ts";
import type { ReadResult, Subject } from "../subject.ts";
import type { FaultRule } from "@bridgekit/sandbox";
import type { Check } from "../check.ts";

/** Which of the three ways a product takes differs from call to call, and from release to release. */
export const blanksAreReadAlike: Check = {
  name: "a value that is absent, null or an empty text is read in one way",
  async run(subject) {
    const fields = await optionalFieldsOf(subject);
    const finding = (await tryRewritten(subject, fields)) ?? (await tryBlanked(subject));
    const names = [...new Set([...fields.map((field) => field.replace(/^\S+ /, "")), ...blankable(subject)])];
    return finding ?? passed(names.length === 0 ? "no field of the stand-in is ever empty" : names.sort().join(", "));
  },
};

/** The text fields that the stand-in leaves empty in some rows of a read. */
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

/** Fields that the stand-in always fills, and the product does not. */
export function blankable({ options }: Subject): readonly string[] {
  return options.optionalFields ?? [];
}

const readWith = async (subject: Subject, rule: FaultRule): Promise<ReadResult> =>
  readEverything(subject, await subject.open(), { rule });

/** What is empty anyway, written in another way, must read as before. */
async function tryRewritten(subject: Subject, fields: readonly string[]): Promise<Finding | undefined> {
  const good = await subject.goodRead();
  const isRead = async (some: readonly string[], blank: Blank) => {
    const set = new Set(some);
    const read = await readWith(subject, (call) => rewriteBlanks(call, set, blank));
    return isSaidHidden(read, blank) || (isWhole(read) && isSameTruth(read, good));
  };
  for (const blank of BLANKS) {
    if (fields.length === 0 || (await isRead(fields, blank))) continue;
    for (const field of fields)
      if (!(await isRead([field], blank)))
        return failed(`${field} reads in another way where its empty value is ${blank}`);
    return failed(`the empty values of ${fields.join(", ")} read in another way where they are ${blank}`);
  }
  return undefined;
}

/** What the stand-in always fills, emptied in each of the three ways, must read alike and lose nobody. */
async function tryBlanked(subject: Subject): Promise<Finding | undefined> {
  const good = await subject.goodRead();
  const idsOf = ({ records }: ReadResult) =>
    JSON.stringify(Object.entries(records).map(([slug, list]) => [slug, list.map(({ id }) => id).sort()]));
  for (const name of blankable(subject)) {
    const reads: ReadResult[] = [];
    for (const blank of BLANKS) {
      const read = await readWith(subject, () => blankField(name, blank));
      if (isSaidHidden(read, blank)) continue;
      if (isWhole(read) && idsOf(read) !== idsOf(good))
        return failed(`where ${name} is ${blank}, the read ended as if it were whole, with other ids`);
      const [first = read] = reads;
      if (isWhole(read) !== isWhole(first) || (isWhole(read) && !isSameTruth(read, first)))
        return failed(`${name} reads in another way where it is ${blank} than where it is not`);
      reads.push(read);
    }
  }
  return undefined;
}

/** A field that is not there at all may be one that is withheld, which some products mean by that; a read may say so. */
function isSaidHidden(read: ReadResult, blank: Blank): boolean {
  return blank === "absent" && !isWhole(read);
}
