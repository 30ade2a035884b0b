#!/usr/bin/env bash
# Installs the system packages of apt.txt, or of the list named, that are missing: as root by itself, else it prints the one line to paste.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
list="$here/${1:-apt.txt}"

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

missing_groups() {
    grep -v '^#' "$list" | while IFS= read -r group; do
        found=no
        for name in ${group//|/ }; do
            if installed "$name"; then found=yes; break; fi
        done
        [ "$found" = yes ] || echo "$group"
    done
}

# The first name of a group that this release offers.
choose() {
    for name in ${1//|/ }; do
        if apt-cache show "$name" >/dev/null 2>&1; then echo "$name"; return; fi
    done
    echo "${1%%|*}"
}

command -v dpkg-query >/dev/null || { echo "本机不是 Debian/Ubuntu，请按 $list 自行安装系统软件。" >&2; exit 0; }
groups=$(missing_groups)
[ -n "$groups" ] || exit 0
if [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    names=$(for group in $groups; do choose "$group"; done)
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $names >/dev/null
else
    names=$(for group in $groups; do choose "$group"; done)
    echo "缺少系统软件，请粘贴执行：" >&2
    echo "sudo apt-get update && sudo apt-get install -y --no-install-recommends $(echo $names)" >&2
    exit 1
fi
