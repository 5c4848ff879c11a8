/** What the instructions of a Dockerfile do, in plain words. */
export const dockerfile = {};
