/** Proves that a text was written by us: an HMAC whose key never leaves KMS. */
export interface Seal {
  /** Base64. Errors: those of KMS. */
  mac(text: string): Promise<string>
  /** Errors: those of KMS, where it could not be asked. */
  verify(text: string, mac: string): Promise<boolean>
}
