#!/bin/sh
# Writes deploy/lambda/keyturn.zip, the package of the function; a keyturn.yaml beside this script goes into it.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$here/../..
. "$root/build/find-jdk.sh"
find_jdk || exit 2
"$root/keyturn" --version >&2
set -- "$here/keyturn.zip" "$root/app/target/keyturn-app-0.1.0.jar" "$root/app/target/lib"
[ ! -f "$here/keyturn.yaml" ] || set -- "$@" "$here/keyturn.yaml"
exec "$JAVA_HOME/bin/java" "$root/build/LambdaPackage.java" "$@"
