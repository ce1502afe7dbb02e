import { kindFacts, unique } from '../contract-facts.js';
import { type Probe, refusedAs } from '../probe.js';
import { plainCall } from '../requests.js';

export const unknownRoute: Probe = {
  id: 'unknown-route',
  title: 'A path and a method that do not exist',
  rationale: 'A mistyped base URL should read as such in every client, and clients read JSON.',
  depth: 'free',
  tasks: () => 0,
  async run(context) {
    const { contract, target } = context;
    const unknown = refusedAs('unknown-path', 'to an unknown path', unique(['H4'], kindFacts(contract, ['notFound'])), [
      'notFound',
    ]);
    await context.send(plainCall(target, 'GET', '/proofsheet/no-such-path', unknown));
    const wrong = refusedAs(
      'wrong-method',
      'with a method that the page does not know',
      unique(['H4'], kindFacts(contract, ['methodNotAllowed'])),
      ['methodNotAllowed', 'notFound'],
    );
    for (const operation of contract.operations)
      await context.send(plainCall(target, 'DELETE', operation.path.replace(/\{[^}]+\}/g, 'proofsheet'), wrong));
  },
};
