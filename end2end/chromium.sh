#!/usr/bin/env bash
# Makes sure that there is a Chromium for the browser tests: the one that CHROMIUM names, or
# Debian's, which is installed where that can be done without asking.
set -euo pipefail

browser="${CHROMIUM:-/usr/bin/chromium}"
if [ -x "$browser" ]; then
  exit 0
fi

as_root=()
if [ "$(id -u)" != 0 ]; then
  as_root=(sudo -n)
fi
if [ -z "${CHROMIUM:-}" ] && command -v apt-get >/dev/null && "${as_root[@]}" true 2>/dev/null; then
  "${as_root[@]}" apt-get update
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends chromium fonts-noto-core fonts-noto-cjk
  exit 0
fi

echo "The browser tests need Chromium, and $browser is not there." >&2
echo "Install it (Debian: apt-get install chromium), or set CHROMIUM to the path of a Chromium or Chrome." >&2
exit 1
