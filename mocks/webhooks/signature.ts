import { createHmac } from 'node:crypto';

/**
 * The three headers of the Standard Webhooks scheme: an id that stays the same over every attempt, the moment of the
 * attempt in Unix seconds, and an HMAC over id, moment and body. A secret `whsec_…` holds its bytes in base64, as the
 * scheme's libraries expect; any other text stands for itself.
 */
export function signedHeaders(secret: string, id: string, nowMs: number, body: string): Record<string, string> {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
  const timestamp = String(Math.floor(nowMs / 1000));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
