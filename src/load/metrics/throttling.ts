const TOO_MANY = 429;

interface ByKind {
  readonly submit: number;
  readonly poll: number;
}

export interface ThrottlingState {
  readonly requests: ByKind;
  readonly refused: ByKind;
}

/**
 * What the limits did: the share of requests that were answered 429, and the share of a limit common to submits and
 * polls that polls took. Refused requests take nothing of a limit.
 */
export function createThrottling(sharedLimit: boolean) {
  const requests = { submit: 0, poll: 0 };
  const refused = { submit: 0, poll: 0 };
  return {
    request(kind: 'submit' | 'poll', status: number | undefined) {
      requests[kind] += 1;
      if (status === TOO_MANY) refused[kind] += 1;
    },
    refused,
    share: () => {
      const all = requests.submit + requests.poll;
      return all === 0 ? 0 : (refused.submit + refused.poll) / all;
    },
    pollingShareOfLimit: (): number | null => {
      const polls = requests.poll - refused.poll;
      const all = polls + requests.submit - refused.submit;
      return !sharedLimit || all === 0 ? null : polls / all;
    },
    state: (): ThrottlingState => ({ requests: { ...requests }, refused: { ...refused } }),
    merge(other: ThrottlingState) {
      for (const kind of ['submit', 'poll'] as const) {
        requests[kind] += other.requests[kind];
        refused[kind] += other.refused[kind];
      }
    },
  };
}
