/**
 * What SARIF 2.1.0 demands of the objects that we write, as a JSON Schema of our own: names that the format does not
 * know are refused, words must be of its lists, indices and lines must be in their ranges.
 */
const text = { type: 'string', minLength: 1 } as const;
const object = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const list = (items: object) => ({ type: 'array', items });
const message = object({ text, markdown: text }, ['text']);
const level = { enum: ['none', 'note', 'warning', 'error'] };
const index = { type: 'integer', minimum: 0 };
const bag = { type: 'object', properties: { tags: { ...list(text), uniqueItems: true } } };
const words = { type: 'object', additionalProperties: { type: 'string' } };
const uri = { type: 'string', format: 'uri-reference' };
const moment = { type: 'string', format: 'date-time' };
const artifactLocation = object({ uri, uriBaseId: text, index, description: message });
const body = object({ text, binary: text });

const rule = object(
  {
    id: text,
    name: text,
    shortDescription: message,
    fullDescription: message,
    help: message,
    defaultConfiguration: object({ level }),
    properties: bag,
  },
  ['id'],
);

const location = object({
  physicalLocation: object(
    { artifactLocation, region: object({ startLine: { type: 'integer', minimum: 1 } }, ['startLine']) },
    ['artifactLocation'],
  ),
  logicalLocations: { ...list(object({ name: text, fullyQualifiedName: text, kind: text })), uniqueItems: true },
});

const result = object(
  {
    ruleId: text,
    ruleIndex: index,
    kind: { enum: ['notApplicable', 'pass', 'fail', 'review', 'open', 'informational'] },
    level,
    message,
    locations: list(location),
    partialFingerprints: words,
    baselineState: { enum: ['new', 'unchanged', 'updated', 'absent'] },
    webRequest: object({
      protocol: text,
      version: text,
      target: text,
      method: text,
      headers: words,
      parameters: words,
      body,
    }),
    webResponse: object({
      protocol: text,
      version: text,
      statusCode: { type: 'integer' },
      reasonPhrase: text,
      headers: words,
      body,
      noResponseReceived: { type: 'boolean' },
    }),
    properties: bag,
  },
  ['message'],
);

const invocation = object(
  {
    executionSuccessful: { type: 'boolean' },
    exitCode: { type: 'integer' },
    startTimeUtc: moment,
    endTimeUtc: moment,
    toolExecutionNotifications: list(
      object({ message, level, associatedRule: object({ id: text, index: { type: 'integer', minimum: -1 } }) }, [
        'message',
      ]),
    ),
  },
  ['executionSuccessful'],
);

export const sarifSchema = object(
  {
    $schema: { type: 'string', format: 'uri' },
    version: { const: '2.1.0' },
    runs: list(
      object(
        {
          tool: object(
            {
              driver: object(
                { name: text, version: text, rules: { ...list(rule), maxItems: 25_000, uniqueItems: true } },
                ['name'],
              ),
            },
            ['driver'],
          ),
          automationDetails: object({ id: text }),
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          originalUriBaseIds: { type: 'object', additionalProperties: artifactLocation },
          invocations: list(invocation),
          results: { ...list(result), maxItems: 25_000 },
          properties: bag,
        },
        ['tool'],
      ),
    ),
  },
  ['version', 'runs'],
);
