/** How a release speaks to whoever watches the job. */
export interface Logger {
  info(text: string): void
  warning(text: string): void
  /** Folds what `work` says under a title. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>
}
