/** Images of Docker Hub itself: names without a slash are no one else's. */

import { familiarName } from "../../../text/reference";

/** Those that Dockerfiles most often begin with. In each of them everything runs as root until a USER says otherwise. */
export const OFFICIAL: readonly string[] = [
  "almalinux", "alpine", "amazonlinux", "archlinux", "buildpack-deps", "busybox", "centos", "debian", "eclipse-temurin", "fedora", "gcc",
  "golang", "httpd", "mariadb", "maven", "mongo", "mysql", "nginx", "node", "openjdk", "perl", "php", "postgres", "python", "redis",
  "rockylinux", "ruby", "rust", "ubuntu",
];

/** Whether a reference names one of them, with whatever tag. */
export function isOfficial(reference: string): boolean {
  const name = familiarName(reference).replace(/^library\//, "");
  return OFFICIAL.includes(name.replace(/[:@].*$/, ""));
}
