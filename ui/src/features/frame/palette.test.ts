import { expect, it } from "vitest";
import { isCommand } from "./palette";

it.each([
  ["docker", true],
  ["docker run ubuntu", true],
  ["  $ docker ps", true],
  ["dockerfile", false],
  ["my docker", false],
  ["", false],
])("%s is a command: %s", (text, command) => expect(isCommand(text)).toBe(command));
