import { en } from "../text/en";
import type { Problem } from "./generated/Problem";

/** Whether a value is a `Problem`, as the app sends one when it refuses. */
export function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && "what" in value && "code" in value && "fixes" in value;
}

/** Any failure as a `Problem`, so that there is one way to show them. */
export function toProblem(failure: unknown): Problem {
  if (isProblem(failure)) return failure;
  return {
    code: "other",
    what: en.common.unexpected,
    why: "",
    todo: en.common.unexpectedTodo,
    command: null,
    fixes: [],
    detail: failure instanceof Error ? failure.message : String(failure),
  };
}
