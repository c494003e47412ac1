/**
 * What is different in shape between two JSON values: a key more or less, another JSON type, a list of another length.
 * Texts and numbers may differ inside objects and lists, but not as the whole response.
 */
export function shapeDifferences(expected: unknown, actual: unknown, path = "$"): string[] {
  const [expectedType, actualType] = [typeOf(expected), typeOf(actual)];
  if (expectedType !== actualType) return [`${path}: ${actualType} instead of ${expectedType}`];
  if (Array.isArray(expected) && Array.isArray(actual)) {
    if (expected.length !== actual.length) return [`${path}: ${actual.length} items instead of ${expected.length}`];
    return expected.flatMap((item, index) => shapeDifferences(item, actual[index], `${path}[${index}]`));
  }
  if (expectedType === "object") {
    const [expectedObject, actualObject] = [expected as object, actual as object];
    return [
      ...Object.keys(expectedObject)
        .filter((key) => !Object.hasOwn(actualObject, key))
        .map((key) => `${path}: no "${key}"`),
      ...Object.keys(actualObject)
        .filter((key) => !Object.hasOwn(expectedObject, key))
        .map((key) => `${path}: "${key}" was not recorded`),
      ...Object.entries(expectedObject).flatMap(([key, value]) =>
        Object.hasOwn(actualObject, key)
          ? shapeDifferences(value, (actualObject as Record<string, unknown>)[key], `${path}.${key}`)
          : [],
      ),
    ];
  }
  return path === "$" && expected !== actual ? [`${path}: ${String(actual)} instead of ${String(expected)}`] : [];
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}
