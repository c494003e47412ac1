import type { SandboxCall } from "../sandbox-call.ts";
import type { DocumentSchemas } from "./document-schemas.ts";
import type { Operation } from "./find-operation.ts";

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: { type?: string | readonly string[] };
  style?: string;
  explode?: boolean;
}

/** Checks the parameters of path and query; headers are not checked. */
export function checkParameters(operation: Operation, call: SandboxCall, schemas: DocumentSchemas): string[] {
  const parameters = [...listParameters(operation.pathPointer, schemas), ...listParameters(operation.pointer, schemas)];
  const messages: string[] = [];

  for (const name of new Set(call.query.keys()))
    if (!parameters.some(({ value }) => value.in === "query" && isNamed(value, name)))
      messages.push(`the query parameter "${name}" is not described`);

  for (const { value, pointer } of parameters) {
    const texts = readTexts(value, operation, call);
    if (texts === undefined) {
      if (value.required === true && (value.in === "path" || value.in === "query"))
        messages.push(`the ${value.in} parameter "${value.name}" is missing`);
      continue;
    }
    const schema = schemas.resolve(`${pointer}/schema`);
    if (!schema) continue;
    const isList = [schema.value.type].flat().includes("array");
    for (const message of schemas.checkText(schema.pointer, isList ? texts : texts[0]))
      messages.push(`the ${value.in} parameter "${value.name}": ${message}`);
  }
  return messages;
}

function listParameters(pointer: string, schemas: DocumentSchemas): { value: Parameter; pointer: string }[] {
  const list = schemas.resolve(`${pointer}/parameters`);
  const count = Array.isArray(list?.value) ? list.value.length : 0;
  return Array.from({ length: count }, (_, index) => schemas.resolve(`${pointer}/parameters/${index}`)!);
}

// Some vendors describe a list in PHP style, `fields[]=a`, as the parameter `fields`, others as `fields[]`.
function isNamed(parameter: Parameter, name: string): boolean {
  return (
    parameter.name === name ||
    `${parameter.name}[]` === name ||
    (parameter.style === "deepObject" && name.startsWith(`${parameter.name}[`))
  );
}

function readTexts(parameter: Parameter, operation: Operation, call: SandboxCall): string[] | undefined {
  if (parameter.in === "path") {
    const text = operation.pathParameters[parameter.name];
    return text === undefined ? undefined : [text];
  }
  // An object of parameters cannot be read from the query alone.
  if (parameter.in !== "query" || parameter.style === "deepObject") return undefined;
  const texts = [...call.query].filter(([name]) => isNamed(parameter, name)).map(([, text]) => text);
  if (texts.length === 0) return undefined;
  return parameter.explode === false ? texts.flatMap((text) => text.split(",")) : texts;
}
