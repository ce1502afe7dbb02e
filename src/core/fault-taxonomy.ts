/**
 * The public list of faults of web APIs that several testing tools report by: Web Fuzzing Commons. Its numbers have moved
 * between versions, so a code means something only beside the version.
 */
export const faultTaxonomy = {
  name: 'WFC',
  fullName: 'Web Fuzzing Commons, fault categories',
  version: '0.9.0',
} as const;

/** Every category: its code, the list's own name for it, and what is wrong, in our words. */
export const faultCategories = {
  F100: ['HTTP_STATUS_500', 'the server fails with 500'],
  F101: ['HTTP_STATUS_NO_NON_STANDARD_CODES', 'a status outside 100 to 599'],
  F102: ['HTTP_STATUS_NO_201_IF_DELETE', 'a DELETE is answered 201'],
  F103: ['HTTP_STATUS_NO_201_IF_GET', 'a GET is answered 201'],
  F104: ['HTTP_STATUS_NO_201_IF_PATCH', 'a PATCH is answered 201'],
  F105: ['HTTP_STATUS_NO_204_IF_CONTENT', 'a 204 has a body'],
  F106: ['HTTP_STATUS_NO_413_IF_NO_PAYLOAD', 'a request without a body is too large'],
  F107: ['HTTP_STATUS_NO_415_IF_NO_PAYLOAD', 'a request without a body is of the wrong type'],
  F108: ['HTTP_STATUS_NO_304_IF_NO_GET_OR_HEAD', '304 to something else than GET or HEAD'],
  F109: ['HTTP_STATUS_NO_401_IF_NO_WWW_AUTHENTICATE', 'a 401 without WWW-Authenticate'],
  F110: ['HTTP_STATUS_NO_405_IF_NO_ALLOW', 'a 405 without Allow'],
  F111: ['HTTP_STATUS_NO_205_IF_CONTENT', 'a 205 has a body'],
  F112: ['HTTP_STATUS_NO_426_IF_NO_UPGRADE', 'a 426 without Upgrade'],
  F113: ['HTTP_NONWORKING_DELETE', 'what was deleted is still there'],
  F114: ['HTTP_SIDE_EFFECTS_FAILED_MODIFICATION', 'a refused change changes something'],
  F115: ['HTTP_REPEATED_CREATE_PUT', 'a second PUT creates again'],
  F116: ['HTTP_MISLEADING_CREATE_PUT', 'a PUT creates what exists'],
  F117: ['HTTP_PARTIAL_UPDATE_PUT', 'a PUT replaces only a part'],
  F118: ['HTTP_NON_IDEMPOTENT_PUT', 'a repeated PUT does something else'],
  F119: ['HTTP_INVALID_MERGE_PATCH', 'a merge patch changes what it does not name'],
  F120: ['HTTP_INVALID_LOCATION', 'Location leads nowhere'],
  F121: ['HTTP_OTHER_STATUS_5XX', 'the server fails with another 5xx'],
  F122: ['HTTP_CREATED_RESOURCE_NOT_FOUND', 'what was just created is not found'],
  F200: ['SCHEMA_INVALID_RESPONSE', 'an answer is not as the schema says'],
  F201: ['SCHEMA_INVALID_ALLOW', 'Allow names other methods than there are'],
  F202: ['SCHEMA_STATUS_NO_401_IF_NO_AUTH', 'a 401 where nothing asks for a key'],
  F203: ['SCHEMA_STATUS_NO_403_IF_NO_401', 'a 403 where no 401 is documented'],
  F204: ['SCHEMA_STATUS_HAS_406_IF_ACCEPT', 'a documented request is answered 406'],
  F205: ['SCHEMA_STATUS_NO_501_IF_IMPLEMENTED', 'a documented operation is answered 501'],
  F206: ['SCHEMA_VALIDATION_BYPASS', 'wrong input is accepted'],
  F207: ['SCHEMA_VALID_INPUT_REJECTED', 'right input is refused'],
  F300: ['SECURITY_SQL_INJECTION', 'input runs as SQL'],
  F301: ['SECURITY_XSS', 'input runs as a script in a page'],
  F302: ['SECURITY_SSRF', 'the server calls addresses inside its network'],
  F303: ['SECURITY_MASS_ASSIGNMENT', 'fields can be set that are not for clients'],
  F304: ['SECURITY_EXISTENCE_LEAKAGE', 'refusals tell what exists'],
  F305: ['SECURITY_NOT_RECOGNIZED_AUTHENTICATED', 'a good key is answered 401'],
  F306: ['SECURITY_WRONG_AUTHORIZATION', 'another account gets in'],
  F307: ['SECURITY_IGNORE_ANONYMOUS', 'what is protected opens without a key'],
  F308: ['SECURITY_ANONYMOUS_MODIFICATIONS', 'changes without a key'],
  F309: ['SECURITY_LEAKED_STACK_TRACES', 'a stack trace is shown'],
  F310: ['SECURITY_HIDDEN_ACCESSIBLE_ENDPOINT', 'an undocumented endpoint answers'],
  F311: ['SECURITY_DECLARED_AUTH_NOT_ENFORCED', 'a documented key is not asked for'],
  F312: ['SECURITY_CALL_TIMEOUT', 'no answer in time'],
} as const satisfies Readonly<Record<string, readonly [name: string, says: string]>>;

/** `F100`, …: a code of the public list. */
export type FaultCode = keyof typeof faultCategories;
