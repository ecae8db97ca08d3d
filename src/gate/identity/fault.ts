/** Why a token does not prove who asked: as it stands in the ledger, and as card/words/ puts it. */
export const FAULTS = [
  'no-policy',
  'no-token',
  'malformed',
  'keys-unavailable',
  'bad-signature',
  'wrong-issuer',
  'wrong-audience',
  'wrong-repository',
  'wrong-run',
  'rerun-unnamed',
  'wrong-time'
] as const

export type Fault = (typeof FAULTS)[number]
