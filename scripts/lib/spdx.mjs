const TOKEN = /\s*(\(|\)|[A-Za-z0-9.+:-]+)/y;
const OPERATORS = new Set(['AND', 'OR', 'WITH']);

function tokenize(text) {
  const tokens = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) {
      throw new Error(`no SPDX expression: "${text}" at ${at}`);
    }
    tokens.push(match[1]);
  }
  return tokens;
}

/**
 * Reads an SPDX licence expression.
 *
 * @returns `{ id, exception }` for a licence, `{ operator, operands }` for `AND`
 *   and `OR`; throws when the text is not an expression
 */
export function parseSpdx(text) {
  const tokens = tokenize(text.trim());
  let next = 0;

  function word() {
    const token = tokens[next];
    if (!token || /^[()]$/.test(token) || OPERATORS.has(token)) {
      throw new Error(`no SPDX expression: "${text}"`);
    }
    next += 1;
    return token;
  }

  function operand() {
    if (tokens[next] !== '(') {
      const id = word();
      if (tokens[next] !== 'WITH') {
        return { id };
      }
      next += 1;
      return { id, exception: word() };
    }
    next += 1;
    const inner = chain('OR', () => chain('AND', operand));
    if (tokens[next] !== ')') {
      throw new Error(`no SPDX expression: "${text}", a bracket is open`);
    }
    next += 1;
    return inner;
  }

  /** `AND` binds closer than `OR`. */
  function chain(operator, read) {
    const operands = [read()];
    while (tokens[next] === operator) {
      next += 1;
      operands.push(read());
    }
    return operands.length === 1 ? operands[0] : { operator, operands };
  }

  const expression = chain('OR', () => chain('AND', operand));
  if (next < tokens.length) {
    throw new Error(`no SPDX expression: "${text}"`);
  }
  return expression;
}

/**
 * Whether one may use what stands under this expression when `accepts(id)` says
 * which licences one takes: all of an `AND`, one of an `OR`. An exception (`WITH`)
 * only adds permissions, and `+` only adds later versions.
 */
export function satisfies({ id, operator, operands }, accepts) {
  if (operator === 'AND') {
    return operands.every(operand => satisfies(operand, accepts));
  }
  if (operator === 'OR') {
    return operands.some(operand => satisfies(operand, accepts));
  }
  return accepts(id.replace(/\+$/, ''));
}
