# Sets JAVA_HOME to a JDK 25 or newer; sourced by keyturn, check and .ci/run. Prints one line and fails where there is none.
is_jdk_25() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ "${version:-0}" -ge 25 ]
}

find_jdk() {
  for candidate in "${JAVA_HOME:-/nonexistent}" \
    /usr/lib/jvm/*25* /opt/*jdk*25* /opt/java/openjdk \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/25* "${HOME:-/nonexistent}"/.jdks/*25* \
    /Library/Java/JavaVirtualMachines/*25*/Contents/Home \
    /opt/homebrew/opt/openjdk@25 /usr/lib/jvm/*; do
    if is_jdk_25 "$candidate"; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  echo "keyturn: no JDK 25 found; install one (Debian: apt-get install temurin-25-jdk or openjdk-25-jdk; others: https://adoptium.net) or set JAVA_HOME to it" >&2
  return 1
}

find_maven() {
  command -v mvn >/dev/null 2>&1 && return 0
  echo "keyturn: Maven is missing; install it (Debian: apt-get install maven; macOS: brew install maven)" >&2
  return 1
}
