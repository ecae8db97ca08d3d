/** What an item may hold. Numbers are integers or fractions that a double holds. */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly Value[]
  | { readonly [name: string]: Value }

export interface Key {
  readonly pk: string
  readonly sk: string
}

/** One item: its key and its attributes, flat names. */
export type Item = Key & { readonly [name: string]: Value }

/**
 * Dotted, so that a member of a mapping can be named: `votes.U0123`. At most
 * one dot; the names themselves hold none.
 */
export type Path = string

/** What must be true of the stored item for an update to happen, decided by the table itself. */
export type Condition =
  | { readonly is: 'absent'; readonly path: Path }
  | { readonly is: 'equal'; readonly path: Path; readonly value: string | number }
  | { readonly is: 'below'; readonly path: Path; readonly value: number }
  | { readonly is: 'at-least'; readonly path: Path; readonly value: number }
  /** The number of members of a mapping. */
  | { readonly is: 'size'; readonly path: Path; readonly value: number }
  | { readonly is: 'size-at-least'; readonly path: Path; readonly value: number }

export interface Change {
  readonly set?: Readonly<Record<Path, Value>>
  readonly remove?: readonly Path[]
}

/**
 * The few things the ledger asks of DynamoDB. No transactions: every step of
 * the gate is one conditional write, and whatever follows can be driven again.
 * Errors: those of the client, where it could not be asked.
 */
export interface Table {
  /** Strongly consistent. `attributes`: these alone are sent, besides the key; absent: all. */
  get(key: Key, attributes?: readonly string[]): Promise<Item | undefined>
  /** All items of a partition in the order of their sort keys; strongly consistent. */
  query(pk: string): Promise<Item[]>
  /** The item with the greatest sort key of a partition; strongly consistent. */
  last(pk: string): Promise<Item | undefined>
  /** Creates the item; false where there is one under this key. Never replaces. */
  create(item: Item): Promise<boolean>
  /** Changes an existing item under all these conditions: the item as it is then; undefined where one does not hold. */
  update(key: Key, change: Change, conditions: readonly Condition[]): Promise<Item | undefined>
  /**
   * Items whose partition key begins so and whose `open` attribute is set: what is not settled yet.
   * No other item is read, because a CI job may set the attribute on its own. Eventually consistent.
   */
  open(prefix: string): Promise<Item[]>
  /**
   * Every item whose partition key begins so, with these attributes besides its key, which are all
   * that whoever scans may have a right to (infra/gate.yaml); for reports, not for the gate.
   */
  scan(prefix: string, attributes: readonly string[]): Promise<Item[]>
}

/** Name of the sparse index behind `open()`: partition key `open`, sort key `pk`. */
export const OPEN_INDEX = 'open'
