/** HTTP as a function: the client's only way out. Rejects when no answer comes; a refusal is an answer. */
export type Transport = (request: Request) => Promise<Response>;

/** The platform's own fetch. Looked up at each call, so that tools which replace the global keep working. */
export const fetchTransport: Transport = (request) => globalThis.fetch(request);
