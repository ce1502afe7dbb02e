/** Reads TypeScript sources as syntax trees, so that the architecture rules never trip over a comment or a string. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface SourceText {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

export interface ImportedModule {
  readonly line: number;
  readonly specifier: string;
  /** The path relative to the root where the specifier is relative, without its extension. */
  readonly target: string | undefined;
  readonly typeOnly: boolean;
}

export function parseSource(path: string, text: string): SourceText {
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) };
}

/** Every hand-written TypeScript file under the folders; a folder that does not exist yet holds none. */
export function readSources(...folders: readonly string[]): SourceText[] {
  return folders.flatMap((folder) => {
    const top = join(root, folder);
    if (!existsSync(top)) return [];
    return readdirSync(top, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.gen.ts'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => parseSource(path.slice(root.length).replaceAll('\\', '/'), readFileSync(path, 'utf8')));
  });
}

export function lineOf({ tree }: SourceText, node: ts.Node): number {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}

export function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  node.forEachChild((child) => visit(child, see));
}

function specifierOf(node: ts.Node): { specifier: ts.Expression; typeOnly: boolean } | undefined {
  if (ts.isImportDeclaration(node)) {
    return { specifier: node.moduleSpecifier, typeOnly: isTypeOnlyImport(node.importClause) };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
    return { specifier: node.moduleSpecifier, typeOnly: node.isTypeOnly };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return { specifier: node.argument.literal, typeOnly: true };
  }
  if (ts.isCallExpression(node)) {
    const [argument] = node.arguments;
    const loads =
      node.expression.kind === ts.SyntaxKind.ImportKeyword ||
      (ts.isIdentifier(node.expression) && node.expression.text === 'require');
    if (loads && argument) return { specifier: argument, typeOnly: false };
  }
  return undefined;
}

/** Also true for `import { type A, type B }`, which loads nothing that a type checker could miss. */
function isTypeOnlyImport(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const bindings = clause.namedBindings;
  if (clause.name || !bindings || !ts.isNamedImports(bindings) || bindings.elements.length === 0) return false;
  return bindings.elements.every((element) => element.isTypeOnly);
}

export function importsOf(source: SourceText): ImportedModule[] {
  const found: ImportedModule[] = [];
  visit(source.tree, (node) => {
    const hit = specifierOf(node);
    if (!hit || !ts.isStringLiteralLike(hit.specifier)) return;
    const specifier = hit.specifier.text;
    const target = specifier.startsWith('.')
      ? posix.join(posix.dirname(source.path), specifier).replace(/\.[cm]?[jt]s$/, '')
      : undefined;
    found.push({ line: lineOf(source, node), specifier, target, typeOnly: hit.typeOnly });
  });
  return found;
}

function bindsName(name: ts.BindingName, wanted: string): boolean {
  if (ts.isIdentifier(name)) return name.text === wanted;
  return name.elements.some((element) => ts.isBindingElement(element) && bindsName(element.name, wanted));
}

function statementDeclares(statement: ts.Statement, name: string): boolean {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.some((declaration) => bindsName(declaration.name, name));
  }
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return statement.name?.text === name;
  if (!ts.isImportDeclaration(statement)) return false;
  const clause = statement.importClause;
  if (clause?.name?.text === name) return true;
  const bindings = clause?.namedBindings;
  if (!bindings) return false;
  if (ts.isNamespaceImport(bindings)) return bindings.name.text === name;
  return bindings.elements.some((element) => element.name.text === name);
}

/** Whether the identifier means the platform's global: a value in use, and nothing around it declares the name. */
export function isGlobalReference(identifier: ts.Identifier): boolean {
  const { parent, text } = identifier;
  if (ts.isPropertyAccessExpression(parent) && parent.name === identifier) return false;
  if (ts.isQualifiedName(parent) || ts.isTypeNode(parent) || ts.isTypeElement(parent)) return false;
  if (ts.isBindingElement(parent) && parent.propertyName === identifier) return false;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false;
  const names =
    ts.isPropertyAssignment(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isAccessor(parent);
  if (names && parent.name === identifier) return false;
  for (let scope: ts.Node | undefined = parent; scope; scope = scope.parent) {
    if (ts.isFunctionLike(scope) && scope.parameters.some((parameter) => bindsName(parameter.name, text))) return false;
    if ((ts.isFunctionExpression(scope) || ts.isFunctionTypeNode(scope)) && scope.name?.getText() === text)
      return false;
    if (ts.isVariableDeclaration(scope) && scope.name === identifier) return false;
    const statements = ts.isBlock(scope) || ts.isSourceFile(scope) ? scope.statements : undefined;
    if (statements?.some((statement) => statementDeclares(statement, text))) return false;
  }
  return true;
}
