/** What the checks of Dockerfiles say. */
export const checks = {};
