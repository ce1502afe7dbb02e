import type { Fault } from '../fault.js';
import { jsonReply } from '../message.js';

export const deadResult: Fault = {
  id: 'dead-result',
  title: 'Hands out result URLs that lead nowhere',
  rationale: 'The picture was paid for and cannot be had.',
  facts: ['H6'],
  applies: () => true,
  file: () => jsonReply(404, { error: 'There is no such file' }),
};
