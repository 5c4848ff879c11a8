import type { EngineChoice } from "../ipc/generated/EngineChoice";
import type { EngineFacts } from "../ipc/generated/EngineFacts";
import type { EngineState } from "../ipc/generated/EngineState";
import type { OwnEngine } from "../ipc/generated/OwnEngine";

class Engine {
  /** The engines that the app knows of, in the order in which it looks. */
  choices = $state.raw<EngineChoice[]>([]);
  /** The `id` of the one in use. */
  currentId = $state<string | null>(null);
  /** Slipway's own engine; `null` until the app has told. */
  own = $state.raw<OwnEngine | null>(null);
  /** Whether the app has told of the engines once. */
  known = $state(false);
  /** Whether the engine in use has answered before: then a failure means that it was lost. */
  answered = $state(false);

  /** The one in use. */
  readonly current = $derived(this.choices.find((choice) => choice.id === this.currentId) ?? null);
  /** How it stands with the one in use. */
  readonly state: EngineState = $derived(this.current?.state ?? { state: "unknown" });
  /** What the engine in use says of itself; `null` while it doesn't answer. */
  readonly facts: EngineFacts | null = $derived(this.state.state === "ready" ? this.state : null);
  /** Whether it answers. */
  readonly ready = $derived(this.facts !== null);
  /** It answered before and doesn't now: lists stay and dim, actions wait. */
  readonly lost = $derived(this.answered && !this.ready);

  /** Takes over what the app knows; answers whether another engine is in use now. */
  apply(choices: EngineChoice[], current: string | null): boolean {
    const switched = current !== this.currentId;
    this.choices = choices;
    this.currentId = current;
    this.known = true;
    if (switched) this.answered = false;
    if (this.ready) this.answered = true;
    return switched;
  }
}

/** The engines, and the one in use. */
export const engine = new Engine();
