/** Writes for the people who read the job's log. */
export interface Logger {
  info(text: string): void
  warning(text: string): void
  /** Folds what `work` writes under a title. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>
}
