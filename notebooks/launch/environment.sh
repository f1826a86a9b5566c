# Sourced by run and lab, with $here set to the notebooks folder: finds Java and Python, builds what
# has changed, and makes the private Python environment and kernel specification.
# Plain POSIX sh; everything it makes lies in .venv/ and target/.

root=$(dirname "$here")
target=$here/target
venv=$here/.venv

say() {
  printf '%s\n' "$*" >&2
}

fail() {
  say "$0: $1"
  shift
  for line in "$@"; do
    say "  $line"
  done
  exit 1
}

# Sets $python_base to a Python that can make, or is, the environment.
find_python() {
  python_base=${KERF_PYTHON:-python3}
  if ! "$python_base" -c '' 2>/dev/null; then
    fail "Python 3.9 or later is needed, and '$python_base' does not run." \
      "Debian, Ubuntu: sudo apt install python3 python3-venv" \
      "macOS:          brew install python" \
      "Windows:        use WSL (wsl --install), then as on Ubuntu" \
      "Elsewhere:      https://www.python.org/downloads/; or point KERF_PYTHON at one"
  fi
  if ! "$python_base" -c 'import sys; sys.exit(sys.version_info < (3, 9))'; then
    fail "Python 3.9 or later is needed, found $("$python_base" -V 2>&1) at '$python_base'." \
      "Point KERF_PYTHON at a later one: KERF_PYTHON=/path/to/python3 $0 ..."
  fi
}

# Sets $java to that of a JDK that has JShell.
find_java() {
  if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
  else
    java=$(command -v java || echo java)
  fi
  # "java.specification.version = 17", among the settings that java shows.
  java_version=$("$java" -XshowSettings:properties -version 2>&1 |
    sed -n 's/^ *java\.specification\.version = \([0-9.]*\).*/\1/p')
  case ${java_version:-none} in
    none) java_problem="'$java' does not run" ;;
    1.* | 9 | 1[0-6]) java_problem="'$java' is Java $java_version" ;;
    *)
      if "$java" --list-modules 2>/dev/null | grep -q '^jdk\.jshell'; then
        return
      fi
      java_problem="'$java' comes without JShell, it is not a JDK"
      ;;
  esac
  fail "a JDK of version 17 or later is needed, and $java_problem." \
    "Debian, Ubuntu: sudo apt install openjdk-17-jdk" \
    "macOS:          brew install openjdk@17" \
    "Windows:        use WSL (wsl --install), then as on Ubuntu" \
    "Elsewhere:      https://adoptium.net/; then point JAVA_HOME at it"
}

# Whether the class path of the last build is this checkout's, and whole: its entries are absolute,
# so in a folder that was moved or copied they are gone, or another checkout's.
is_ours() {
  (
    IFS=:
    for entry in $(cat "$1"); do
      [ -e "$entry" ] || exit 1
      case $entry in
        "$root"/*) ;;
        */target/kerf-*.jar) exit 1 ;;
      esac
    done
  )
}

# Builds when a source is newer than the last build; sets $classpath.
build() {
  built=$target/classpath.txt
  if [ ! -f "$built" ] || ! is_ours "$built" || [ -n "$(find "$root/pom.xml" "$root"/*/pom.xml "$root"/*/src \
    -path '*/src/test/*' -prune -o -type f -newer "$built" -print 2>/dev/null | head -n 1)" ]; then
    say "Building Kerf (the first time, this downloads its libraries) ..."
    # The launcher is for using Kerf, not for working on it: no tests, no format gate.
    (cd "$root" && ./mvnw -B -q -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip=true \
      package >&2) || fail "the build failed; what Maven says is above."
  fi
  kernel_jar=$(find "$target" -maxdepth 1 -name 'kerf-notebooks-*.jar' ! -name '*-sources.jar' |
    head -n 1)
  classpath=$kernel_jar:$(cat "$built")
}

# Makes the private environment, once for each state of the requirements file; sets $python.
make_environment() {
  requirements=$here/$1
  modules=$2
  if [ -n "${KERF_PYTHON:-}" ] && "$KERF_PYTHON" -c "import $modules" 2>/dev/null; then
    python=$KERF_PYTHON
    return
  fi
  python=$venv/bin/python
  if ! "$python" -c '' 2>/dev/null; then
    say "Making a private Python environment in $venv ..."
    rm -rf "$venv"
    if ! "$python_base" -m venv "$venv" >"$target/venv.log" 2>&1; then
      rm -rf "$venv"
      fail "'$python_base -m venv' failed; see $target/venv.log." \
        "Debian, Ubuntu: sudo apt install python3-venv" \
        "Or point KERF_PYTHON at a Python that has Jupyter: KERF_PYTHON=/path/to/python3 $0 ..."
    fi
  fi
  installed=$venv/installed-$1
  if ! cat "$here"/requirements*.txt | cmp -s - "$installed"; then
    say "Installing Jupyter's parts into $venv ..."
    # At first without retries, so that a machine with wheels of its own and no network does not wait
    # a minute for each of them; then with pip's usual patience.
    install="-m pip install -q --disable-pip-version-check -r"
    if ! "$python" $install "$requirements" --retries 0 >"$target/pip.log" 2>&1 &&
      ! "$python" $install "$requirements" >"$target/pip.log" 2>&1; then
      tail -n 5 "$target/pip.log" >&2
      fail "pip could not install $requirements; see $target/pip.log." \
        "Without a network, use a folder of wheels: PIP_NO_INDEX=1 PIP_FIND_LINKS=/path/to/wheels $0 ..." \
        "or a Python that has Jupyter already:      KERF_PYTHON=/path/to/python3 $0 ..."
    fi
    cat "$here"/requirements*.txt >"$installed"
  fi
}

# Writes the kernel specification where only these launchers look.
make_kernelspec() {
  # The user's own kernels, settings and running servers are not touched.
  JUPYTER_DATA_DIR=$target/jupyter
  JUPYTER_PATH=$target/jupyter
  JUPYTER_CONFIG_DIR=$target/jupyter/config
  JUPYTER_RUNTIME_DIR=$target/jupyter/runtime
  JUPYTER_PLATFORM_DIRS=1
  export JUPYTER_DATA_DIR JUPYTER_PATH JUPYTER_CONFIG_DIR JUPYTER_RUNTIME_DIR JUPYTER_PLATFORM_DIRS
  "$python" "$here/launch/kernelspec.py" "$target/jupyter/kernels/java" "$java" "$classpath"
  # Not into the specification, which the kernels of other launchers use too.
  if [ -n "${KERF_JAVA_FLAGS:-}" ]; then
    JDK_JAVA_OPTIONS="${JDK_JAVA_OPTIONS:-} $KERF_JAVA_FLAGS"
    export JDK_JAVA_OPTIONS
    "$java" -version >"$target/flags.log" 2>&1 || fail \
      "KERF_JAVA_FLAGS must be flags of java, found: $KERF_JAVA_FLAGS" "$(grep -v NOTE "$target/flags.log" | head -n 1)" \
      "For example: KERF_JAVA_FLAGS=\"-Xmx8g -Dkerf.threads=2\" $0 ..."
  fi
}
