import type { Fact } from '../core/facts.js';

const http = ['RFC 9110'];

/**
 * What any HTTP, JSON or task API owes, whatever its page says. A contract may state the same id with a mark of its own
 * (a vendor that prints its 401, say) and then wins.
 */
export const commonFacts: readonly Fact[] = [
  {
    id: 'H1',
    mark: 'L',
    says: 'A missing, malformed or unknown key is answered 401 in the vendor’s envelope.',
    evidence: http,
  },
  {
    id: 'H1i',
    mark: 'I',
    says: 'The key is judged before the request.',
    evidence: ['our decision'],
    unobservable: 'Which of two mistakes is named first is left to the server, so nothing asks for it.',
  },
  {
    id: 'H2',
    mark: 'L',
    says: 'Bodies are what their content type says; a JSON request that does not parse is a 4xx.',
    evidence: [...http, 'RFC 8259'],
  },
  {
    id: 'H2i',
    mark: 'I',
    says: 'What no page forbids in so many words is refused: null for a field that may be left out, a listed value in another case or with blanks, an address that is none, text behind the JSON. Taking it is fine as well.',
    evidence: ['our decision'],
  },
  { id: 'H3', mark: 'C', says: 'Unknown request fields are tolerated.', evidence: ['public clients send them'] },
  { id: 'H4', mark: 'I', says: 'An unknown path is 404, a wrong method 405 with Allow, both in JSON.', evidence: http },
  {
    id: 'H5',
    mark: 'I',
    says: 'A body over the limit is 413, a slow sender is cut off, the server keeps serving.',
    evidence: http,
    unobservable: 'A check floods no server and holds up none.',
  },
  {
    id: 'H6',
    mark: 'L',
    says: 'Success has whole, fetchable images, in the format, size and transparency asked for.',
    evidence: ['owed by any task API'],
  },
  {
    id: 'H6c',
    mark: 'C',
    says: 'A result address may redirect and need no extension; an Authorization header does it no harm.',
    evidence: ['public clients'],
    unobservable: 'It says what is allowed; there is nothing to break.',
  },
  { id: 'H6i', mark: 'I', says: 'Several images of one task are not the same picture.', evidence: ['our decision'] },
  { id: 'H7', mark: 'L', says: 'Polling has no side effect.', evidence: ['RFC 9110 section 9.2.1: GET is safe'] },
  {
    id: 'H8',
    mark: 'L',
    says: 'After a terminal answer, status, results, error and cost never change.',
    evidence: ['owed by any task API'],
  },
  {
    id: 'H9',
    mark: 'L',
    says: 'A task can only be read by the account that submitted it.',
    evidence: ['owed by any API with accounts'],
  },
  {
    id: 'H9i',
    mark: 'I',
    says: 'The task of another account is refused as one that does not exist.',
    evidence: ['our decision'],
  },
  {
    id: 'H10',
    mark: 'L',
    says: 'Prompts are Unicode and come back intact where they are echoed.',
    evidence: ['RFC 8259 section 8.1'],
  },
  {
    id: 'H11',
    mark: 'S',
    says: 'Every request example that the page prints is accepted.',
    evidence: ['the vendor’s page'],
  },
  {
    id: 'H12',
    mark: 'L',
    says: 'A refusal is a 4xx and costs nothing, a failed task costs nothing; one id per task, readable at once, the same in every answer.',
    evidence: ['owed by any task API'],
  },
  {
    id: 'H13',
    mark: 'L',
    says: 'A signature on a callback is made over its raw body with the secret that both know, at the moment of sending.',
    evidence: ['the Standard Webhooks specification, where its headers are sent'],
  },
  {
    id: 'H13i',
    mark: 'I',
    says: 'A callback comes soon after the end and never before the submit is answered, says the same when it is repeated, and the end comes last.',
    evidence: ['our decision'],
  },
  {
    id: 'H14i',
    mark: 'I',
    says: 'Limits are told truthfully: a 429 says how long to wait, after that wait it is over, counts fall to 0 before it, and polling at the advised pace never meets it.',
    evidence: ['our decision, after RFC 9110 section 10.2.3 and RFC 6585 section 4'],
  },
  {
    id: 'H15',
    mark: 'L',
    says: 'Status codes and headers mean what HTTP says.',
    evidence: http,
  },
  {
    id: 'H15i',
    mark: 'I',
    says: 'No cache may keep the answer about a task that has not ended, and the names of errors do not depend on the language.',
    evidence: ['our decision'],
  },
  {
    id: 'H16',
    mark: 'L',
    says: 'A task is paid once, with what its answers say, and never with more than was reserved for it.',
    evidence: ['owed by any API that takes money'],
  },
  {
    id: 'H17i',
    mark: 'I',
    says: 'An answer is there whole within ten seconds; only one that holds the pictures themselves may take longer.',
    evidence: ['our decision'],
  },
  {
    id: 'H18i',
    mark: 'I',
    says: 'A client that hangs up costs nobody else a place: the server goes on serving, and its limits are as before.',
    evidence: ['our decision'],
  },
  {
    id: 'H19i',
    mark: 'I',
    says: 'A prompt that moderation refuses is refused again when it is sent again, in the same way.',
    evidence: ['our decision'],
  },
];
