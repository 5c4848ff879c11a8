/** The names of signals. */

const NAMES = /^(ABRT|ALRM|BUS|CHLD|CLD|CONT|FPE|HUP|ILL|INT|IO|IOT|KILL|PIPE|POLL|PROF|PWR|QUIT|SEGV|STKFLT|STOP|SYS|TERM|TRAP|TSTP|TTIN|TTOU|URG|USR1|USR2|VTALRM|WINCH|XCPU|XFSZ|RTMIN(\+([1-9]|1[0-5]))?|RTMAX(-([1-9]|1[0-4]))?)$/;

/** Whether docker takes this for a signal: `SIGTERM`, `term`, `15`, or a variable that may hold one. */
export function isSignal(word: string): boolean {
  return word.includes("$") || /^0*[1-9]\d*$/.test(word) || NAMES.test(word.toUpperCase().replace(/^SIG/, ""));
}
