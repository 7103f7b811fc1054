import ts from 'typescript';

/**
 * Every text that differs from the given one in one number: each number of the
 * code and of its strings, once one higher and once one lower in its last digit.
 * Types and the names of imported modules are left alone.
 */
export function mutantsOf(text, fileName) {
  const file = ts.createSourceFile(
    fileName,
    text,
    ts.ScriptTarget.Latest,
    true,
  );
  const mutants = [];
  const add = (start, from, replacements) => {
    const { line } = file.getLineAndCharacterOfPosition(start);
    for (const to of replacements) {
      mutants.push({
        line: line + 1,
        from,
        to,
        text: text.slice(0, start) + to + text.slice(start + from.length),
      });
    }
  };
  const visit = node => {
    if (
      ts.isImportDeclaration(node) ||
      ts.isExportDeclaration(node) ||
      ts.isTypeNode(node) ||
      ts.isTypeAliasDeclaration(node)
    ) {
      return;
    }
    if (ts.isNumericLiteral(node)) {
      const raw = node.getText(file);
      add(node.getStart(file), raw, neighboursOfNumber(raw));
    } else if (ts.isStringLiteral(node) || ts.isTemplateLiteralToken(node)) {
      const start = node.getStart(file);
      for (const { 0: digits, index } of node.getText(file).matchAll(/\d+/g)) {
        add(start + index, digits, neighboursOfDigits(digits));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return mutants;
}

function neighboursOfNumber(raw) {
  const plain = raw.replaceAll('_', '');
  const decimals = /\.(\d+)$/.exec(plain)?.[1].length ?? 0;
  const step = 10 ** -decimals;
  return [Number(plain) + step, Number(plain) - step].map(value =>
    value.toFixed(decimals),
  );
}

function neighboursOfDigits(digits) {
  const value = BigInt(digits);
  return [value + 1n, value - 1n]
    .filter(other => other >= 0n)
    .map(other => String(other).padStart(digits.length, '0'));
}
