import { requestBytes } from './raw-client.js';

/** How a client speaks to one vendor. */
export interface Customer {
  readonly vendor: string;
  /** A submit with a body of about 100 bytes, another one for each number. */
  submit(number: number): Buffer;
  /** Undefined where a vendor answers at the end of its work. */
  readonly poll: ((taskId: string) => Buffer) | undefined;
  file(taskId: string): Buffer;
}

const prompt = (number: number) => `A calm lake below snowy peaks, in the morning, ${number}`;

interface Way {
  readonly submit: string;
  readonly body: Readonly<Record<string, string>>;
  readonly poll?: (taskId: string) => string;
}

const ways: Readonly<Record<string, Way>> = {
  gptimage15: {
    submit: '/api/generate',
    body: { size: '1536*1024', quality: 'high' },
    poll: (id) => `/api/status?task_id=${id}`,
  },
  apimart: {
    submit: '/v1/images/generations',
    body: { model: 'gpt-image-1-official', size: '3:2', quality: 'high' },
    poll: (id) => `/v1/tasks/${id}`,
  },
  evolink: {
    submit: '/v1/images/generations',
    body: { model: 'gpt-image-1', size: '1536x1024', quality: 'high' },
    // Prism makes up an id that it would refuse itself.
    poll: (id) => `/v1/tasks/${id.startsWith('task-') ? id : `task-unified-1-${id}`}`,
  },
  apigo: { submit: '/v1/images/generations', body: { size: '1536x1024', quality: 'high' } },
};

export const vendorNames = Object.keys(ways);

export function customerOf(vendor: string): Customer {
  const way = ways[vendor];
  if (way === undefined) throw new Error(`No vendor is called ${vendor}: there are ${vendorNames.join(', ')}`);
  const { poll } = way;
  const key = `sk-${vendor}-test`;
  return {
    vendor,
    submit: (number) => requestBytes(key, 'POST', way.submit, JSON.stringify({ prompt: prompt(number), ...way.body })),
    poll: poll === undefined ? undefined : (id) => requestBytes(key, 'GET', poll(id)),
    file: (id) => requestBytes(key, 'GET', `/__files/${id}/0.png`),
  };
}
