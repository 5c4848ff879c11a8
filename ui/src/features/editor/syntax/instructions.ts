/** The instructions of Dockerfiles, and the flags that each knows. */

/** The names of all instructions. */
export const instructionList = [
  "FROM", "RUN", "COPY", "ADD", "WORKDIR", "ENV", "ARG", "EXPOSE", "CMD", "ENTRYPOINT", "USER",
  "VOLUME", "LABEL", "HEALTHCHECK", "SHELL", "STOPSIGNAL", "ONBUILD", "MAINTAINER",
] as const;

/** The name of an instruction. */
export type InstructionName = (typeof instructionList)[number];

/** The same, to ask whether a word is one. */
export const instructionNames: ReadonlySet<string> = new Set(instructionList);

/** Whether a word in capitals is an instruction. */
export function isInstruction(word: string): word is InstructionName {
  return instructionNames.has(word);
}

/** The flags of an instruction, without their dashes. */
export const instructionFlags = {
  FROM: ["platform"],
  RUN: ["mount", "network", "security", "device"],
  COPY: ["from", "chown", "chmod", "link", "parents", "exclude"],
  ADD: ["chown", "chmod", "link", "checksum", "keep-git-dir", "unpack", "exclude"],
  HEALTHCHECK: ["interval", "timeout", "start-period", "start-interval", "retries"],
} as const satisfies Partial<Record<InstructionName, readonly string[]>>;

/** An instruction that has flags. */
export type Flagged = keyof typeof instructionFlags;

/** The flags that an instruction knows; none for most. */
export function flagsOf(name: string): readonly string[] {
  return name in instructionFlags ? instructionFlags[name as Flagged] : [];
}

/** The build arguments that BuildKit gives by itself to who names them, the most used first. */
export const automaticArguments: readonly string[] = [
  "TARGETPLATFORM", "TARGETOS", "TARGETARCH", "BUILDPLATFORM", "TARGETVARIANT", "TARGETOSVERSION", "BUILDOS", "BUILDARCH", "BUILDVARIANT", "BUILDOSVERSION",
];

/** Whether a build argument is one of them. */
export function isAutomatic(name: string): boolean {
  return automaticArguments.includes(name);
}
