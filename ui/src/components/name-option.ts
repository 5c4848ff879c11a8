/** A name that a field offers. */
export interface NameOption {
  name: string;
  /** What tells it apart, in grey. */
  aside: string;
}
