export const people: readonly string[] = ["ada", "grace"];
