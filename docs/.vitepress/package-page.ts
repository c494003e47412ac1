import { dirname } from "node:path";
import ts from "typescript";

export interface Entry {
  /** The module that a user imports, such as `@bridgekit/core/run`. */
  specifier: string;
  /** The source file of the entry. */
  file: string;
}

interface Documented {
  name: string;
  docs: string;
  code: string;
}

/** Returns a page for each entry of a package: every export with its docstring and its declaration. */
export function writePackagePages(entries: readonly Entry[], baseConfig: string): Map<Entry, string> {
  const { config } = ts.readConfigFile(baseConfig, (path) => ts.sys.readFile(path)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(baseConfig));
  const program = createDeclarationProgram(
    entries.map(({ file }) => file),
    { ...options, noEmit: false, declaration: true, emitDeclarationOnly: true, outDir: "/declarations" },
  );
  return new Map(entries.map((entry) => [entry, writePage(entry.specifier, readExports(program, entry.file))]));
}

/** Emits the declarations in memory, which writes out inferred types, and creates a program from them. */
function createDeclarationProgram(files: readonly string[], options: ts.CompilerOptions): ts.Program {
  const sources = ts.createProgram(files, options);
  const declarations = new Map<string, string>();
  for (const source of sources.getSourceFiles()) {
    if (source.isDeclarationFile || source.fileName.includes("/node_modules/")) continue;
    // Beside its source, where its imports resolve as before.
    const path = source.fileName.replace(/\.ts$/, ".d.ts");
    sources.emit(source, (_, text) => declarations.set(path, text), undefined, true);
  }
  const base = ts.createCompilerHost(options);
  const find = (path: string) => declarations.get(path);
  // Hides each source, so that imports resolve to its declaration.
  const isHidden = (path: string) => declarations.has(path.replace(/\.ts$/, ".d.ts"));
  const host: ts.CompilerHost = {
    ...base,
    fileExists: (path) => declarations.has(path) || (!isHidden(path) && base.fileExists(path)),
    readFile: (path) => find(path) ?? base.readFile(path),
    getSourceFile(path, languageVersion, ...rest) {
      const text = find(path);
      return text === undefined
        ? base.getSourceFile(path, languageVersion, ...rest)
        : ts.createSourceFile(path, text, languageVersion);
    },
  };
  const roots = files.map((file) => file.replace(/\.ts$/, ".d.ts"));
  return ts.createProgram(roots, { ...options, noEmit: true }, host);
}

function readExports(program: ts.Program, file: string): Documented[] {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file.replace(/\.ts$/, ".d.ts"))!;
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(source)!);
  return exported
    .map((symbol) => {
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const docs = ts.displayPartsToString(target.getDocumentationComment(checker));
      const examples = target.getJsDocTags(checker).filter(({ name }) => name === "example");
      const shown = examples.map(({ text }) => `\n\n${fence(ts.displayPartsToString(text))}`);
      const code = (target.declarations ?? []).map(toCode).filter((text) => text.length < LONGEST_CODE);
      return { name: symbol.name, docs: docs + shown.join(""), code: code.join("\n") };
    })
    .filter(({ code }) => code !== "")
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Leaves out the types generated from the contract, which the page of the HTTP API shows. */
const LONGEST_CODE = 10_000;

function toCode(declaration: ts.Declaration): string {
  const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  const text = breakUnion(statement).replace(/^export (?:default )?(?:declare )?/, "");
  return text.replaceAll(/^(?: {4})+/gm, (indent) => " ".repeat(indent.length / 2));
}

/** Returns the text of a declaration; puts each member of a long union on its own line. */
function breakUnion(statement: ts.Node): string {
  const text = statement.getText();
  if (!ts.isTypeAliasDeclaration(statement) || !ts.isUnionTypeNode(statement.type) || text.length < 80) return text;
  const head = text.slice(0, statement.type.getStart() - statement.getStart()).trimEnd();
  return [head, ...statement.type.types.map((member) => `  | ${member.getText()}`)].join("\n") + ";";
}

function writePage(specifier: string, exported: readonly Documented[]): string {
  const sections = exported.flatMap(({ name, docs, code }) => [`## ${name}`, docs, fence(code)]);
  return [`# ${specifier}`, ...sections].filter((part) => part !== "").join("\n\n");
}

function fence(code: string): string {
  return `\`\`\`ts\n${code}\n\`\`\``;
}
