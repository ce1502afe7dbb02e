import type { Fault } from '../fault.js';

export const unknownRouteAsPage: Fault = {
  id: 'unknown-route-as-page',
  title: 'Answers an unknown path with a web page',
  rationale: 'A client that expects JSON shows its user an error of its parser.',
  facts: ['H4', 'H2'],
  applies: () => true,
  unrouted: (reply) => ({
    ...reply,
    headers: { ...reply.headers, 'content-type': 'text/html; charset=utf-8' },
    body: '<!doctype html><title>Not found</title><h1>Not found</h1>',
  }),
};
