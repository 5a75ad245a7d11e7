#!/bin/bash
# Stops what up.sh started in FOLDER: by the process ids it left there, and only if they still are Ceph's.
# usage: down.sh FOLDER
set -u
cd "${1:?usage: down.sh FOLDER}" || exit 1

is_ours() { [ -f "$1.pid" ] && tr '\0' ' ' <"/proc/$(cat "$1.pid")/cmdline" 2>/dev/null | grep -qF "$PWD/ceph.conf"; }
signal() { for name in rgw mgr osd mon; do is_ours "$name" && kill "-$1" "$(cat "$name.pid")"; done; }
any_left() { for name in rgw mgr osd mon; do is_ours "$name" && return 0; done; return 1; }

signal TERM
deadline=$((SECONDS + 5))
while any_left && ((SECONDS < deadline)); do sleep 0.1; done
signal KILL
true
