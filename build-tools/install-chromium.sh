#!/bin/sh
# Sees to it that the tests of the report find a browser: Chromium and its driver, from Debian's packages
# where they are missing. Does nothing where both are there.
set -eu

missing() {
  ! command -v chromium >/dev/null 2>&1 || ! command -v chromedriver >/dev/null 2>&1
}

fail() {
  {
    echo "The tests of the HTML report need the programs chromium and chromedriver on the PATH."
    echo "$1"
    echo "On Debian: apt-get install chromium chromium-driver. Elsewhere install Chromium and the"
    echo "ChromeDriver of the same version, under these names."
  } >&2
  exit 1
}

missing || exit 0
command -v apt-get >/dev/null 2>&1 || fail "They are missing, and there is no apt-get to install them with."

as_root=
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null 2>&1 || fail "They are missing, and installing them takes root or sudo."
  as_root="sudo -n"
fi

echo "Installing Chromium for the tests of the HTML report"
# A page's text needs a font, and Chromium brings none.
packages="chromium chromium-driver fonts-dejavu-core"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() {
  # shellcheck disable=SC2086 # names are split at blanks on purpose
  $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 $packages >"$log" 2>&1
}
# An old list may name packages that are gone, so a failure is tried once more with a new one.
if ! install; then
  $as_root apt-get update -q >"$log" 2>&1 && install || {
    tail -n 20 "$log" >&2
    fail "Installing them with apt-get failed, see above."
  }
fi
! missing || fail "They were installed, but are not on the PATH."
