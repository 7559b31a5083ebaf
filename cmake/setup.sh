# shellcheck shell=bash
# Shared by run-demo and run-tests, which set root and jobs before they source it.
# shellcheck disable=SC2154

# The language of messages: --lang, else English where the system speaks it, else Russian.
choose_language() {
  case "${1:-${LC_ALL:-${LANG:-}}}" in
    en*) language=en ;;
    *) language=ru ;;
  esac
}

# say RUSSIAN ENGLISH
say() { if [ "$language" = en ]; then printf '%s\n' "$2"; else printf '%s\n' "$1"; fi; }
fail() { say "$1" "$2" >&2; exit 1; }

# Names in packages.txt that the given users (all, tests, tidy) need and that are not installed.
missing_packages() {
  local name who
  while read -r name who _; do
    case "$name" in '' | '#'*) continue ;; esac
    case " $* " in *" $who "*) ;; *) continue ;; esac
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || printf '%s\n' "$name"
  done <"$root/packages.txt"
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    DEBIAN_FRONTEND=noninteractive "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo env DEBIAN_FRONTEND=noninteractive "$@"
  else
    return 127
  fi
}

# install_packages USERS…: installs what is missing and says so; does nothing when nothing is.
install_packages() {
  if ! command -v dpkg-query >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
    fail "Пакеты ставятся только в Debian и Ubuntu. В другой системе поставьте сами то, что перечислено в packages.txt, и запустите с ключом --no-install." \
      "Packages can only be installed on Debian and Ubuntu. Elsewhere install what packages.txt lists and run with --no-install."
  fi
  local wanted
  wanted=$(missing_packages "$@" | tr '\n' ' ')
  [ -n "$wanted" ] || return 0
  say "Будут установлены пакеты Debian: $wanted" "These Debian packages will be installed: $wanted"
  if [ "$(id -u)" -ne 0 ] && command -v sudo >/dev/null 2>&1; then
    say "Нужны права администратора: система может спросить пароль." "This needs administrator rights: you may be asked for a password."
  fi
  local log
  log=$(mktemp)
  # An outdated list is no reason to stop: the packages may be at hand all the same.
  as_root apt-get update -q >"$log" 2>&1 || true
  # shellcheck disable=SC2086  # one word a package
  if ! as_root apt-get install -y -q --no-install-recommends $wanted >>"$log" 2>&1; then
    tail -n 15 "$log" >&2
    rm -f "$log"
    fail "Установить пакеты не удалось (причина — выше). Нужны сеть и права администратора; вручную: apt-get install --no-install-recommends $wanted" \
      "The packages could not be installed (see above why). Network and administrator rights are needed; by hand: apt-get install --no-install-recommends $wanted"
  fi
  rm -f "$log"
}

# build PRESET [TARGET…]: configures and builds, quietly unless it fails.
build() {
  local preset=$1 log
  shift
  local options=()
  command -v ccache >/dev/null 2>&1 && options+=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  say "Сборка ($preset), ядер: $jobs; на двух ядрах первая длится минут двадцать …" "Building ($preset) on $jobs cores; the first time takes about twenty minutes on two …"
  log=$(mktemp)
  if ! (cd "$root" && cmake --preset "$preset" "${options[@]}" && cmake --build --preset "$preset" -j "$jobs" "$@") >"$log" 2>&1; then
    grep -aE -m 20 -A 6 'error|Error|FAILED' "$log" >&2 || tail -n 40 "$log" >&2
    say "Сборка не удалась. Весь вывод: $log" "The build failed. All of its output: $log" >&2
    exit 1
  fi
  rm -f "$log"
}
