/** What `JSON.parse` would alter silently, and where. */
export interface Loss {
  path: (string | number)[];
  reason: string;
}

/** An open object or list; `part` is the current name or index. */
interface Level {
  part: string | number;
  /** The names so far; absent in a list. */
  names?: Set<string>;
  isAtName: boolean;
}

const END_OF_NUMBER = /[^-+.\deE]/g;

/**
 * Finds duplicate names in an object, of which the last would win, and numbers that JavaScript can't represent: out of
 * range, with too many digits, or integers beyond 2^53. The text must be valid JSON.
 */
export function findLoss(text: string): Loss | undefined {
  const levels: Level[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    const level = levels.at(-1);
    if (character === "{") levels.push({ part: "", names: new Set(), isAtName: true });
    else if (character === "[") levels.push({ part: 0, isAtName: false });
    else if (character === "}" || character === "]") levels.pop();
    else if (character === "," && level !== undefined) next(level);
    else if (character === '"') {
      const end = endOfString(text, at);
      if (level?.isAtName) {
        const name = JSON.parse(text.slice(at, end)) as string;
        if (level.names!.has(name)) return lossAt(levels.slice(0, -1), [name], "appears twice");
        level.names!.add(name);
        level.part = name;
        level.isAtName = false;
      }
      at = end - 1;
    } else if (character === "-" || (character >= "0" && character <= "9")) {
      const number = text.slice(at, endOfNumber(text, at));
      if (!isExact(number))
        return lossAt(levels, [], `the number ${shorten(number)} can't be kept exactly; push it as a text`);
      at += number.length - 1;
    }
  }
  return undefined;
}

function next(level: Level): void {
  if (typeof level.part === "number") level.part++;
  else level.isAtName = true;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function endOfNumber(text: string, start: number): number {
  END_OF_NUMBER.lastIndex = start;
  return END_OF_NUMBER.exec(text)?.index ?? text.length;
}

/** Whether JavaScript keeps the number exactly. */
function isExact(number: string): boolean {
  const value = Number(number);
  if (!Number.isFinite(value)) return false;
  if (/^-?\d+$/.test(number)) return Number.isSafeInteger(value);
  return toDecimal(number) === toDecimal(String(value));
}

/** Normalises `-0.1200` to `-12e-2`: equal numbers have equal texts. */
function toDecimal(number: string): string {
  const [mantissa = "", exponent = "0"] = number.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.replace("-", "").split(".");
  const digits = whole + fraction;
  let [first, end] = [0, digits.length];
  while (digits[first] === "0") first++;
  if (first === end) return "0";
  while (digits[end - 1] === "0") end--;
  const power = Number(exponent) - fraction.length + digits.length - end;
  return `${number.startsWith("-") ? "-" : ""}${digits.slice(first, end)}e${power}`;
}

function lossAt(levels: readonly Level[], last: string[], reason: string): Loss {
  return { path: [...levels.map(({ part }) => part), ...last], reason };
}

const MOST_SHOWN = 40;

function shorten(number: string): string {
  return number.length > MOST_SHOWN ? `${number.slice(0, MOST_SHOWN)}…` : number;
}
