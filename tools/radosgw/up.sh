#!/bin/bash
# Starts one Ceph S3 gateway (monitor, manager, one disk, gateway) on free loopback ports, for the conformance suite. Needs root on Debian.
# usage: up.sh FOLDER   The folder must be empty or absent. Its file "endpoint" then holds: URL, access key, secret key, one a line.
set -euo pipefail

install_packages() {
  command -v radosgw ceph-mon ceph-osd ceph-mgr ceph >/dev/null && return
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q
  apt-get install -q -y --no-install-recommends radosgw ceph-mon ceph-osd ceph-mgr ceph-common
}

# Prints as many free ports as asked for; all are held at once, so that they differ.
free_ports() {
  node -e '
    const net = require("node:net");
    const servers = Array.from({ length: Number(process.argv[1]) }, () => net.createServer());
    Promise.all(servers.map((s) => new Promise((done) => s.listen(0, "127.0.0.1", () => done(s.address().port))))).then((ports) => {
      console.log(ports.join(" "));
      servers.forEach((s) => s.close());
    });' "$1"
}

# usage: wait_for SECONDS WHAT COMMAND…
wait_for() {
  local deadline=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    if ((SECONDS >= deadline)); then
      echo "radosgw: $what did not come up; see $folder/log" >&2
      exit 1
    fi
    sleep 0.2
  done
}

write_configuration() {
  cat >ceph.conf <<CONF
[global]
fsid = $fsid
mon host = [v2:127.0.0.1:$mon_v2,v1:127.0.0.1:$mon_v1]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon warn on pool no redundancy = false
osd crush chooseleaf type = 0
mon max pg per osd = 1000
mon data = $folder/mon
osd data = $folder/osd
mgr data = $folder/mgr
osd objectstore = bluestore
bluestore block size = 10737418240
bluestore block create = true
osd memory target = 1073741824
run dir = $folder/run
admin socket = $folder/run/\$cluster-\$name.asok
log file = $folder/log/\$name.log
keyring = $folder/keyring
mgr initial modules =
rgw frontends = beast endpoint=127.0.0.1:$gateway
CONF
}

# usage: start NAME COMMAND…   Leaves NAME.pid for down.sh.
start() {
  local name=$1
  shift
  "$@" >"log/$name.out" 2>&1 </dev/null &
  echo $! >"$name.pid"
}

start_monitor() {
  monmaptool --create --clobber --fsid "$fsid" --addv a "[v2:127.0.0.1:$mon_v2,v1:127.0.0.1:$mon_v1]" monmap >/dev/null
  ceph-authtool --create-keyring keyring --gen-key -n mon. --cap mon 'allow *' >/dev/null
  ceph-authtool keyring --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *' >/dev/null
  ceph-mon "${conf[@]}" --mkfs -i a --monmap monmap --keyring keyring
  start mon ceph-mon "${conf[@]}" -i a -f
  wait_for 20 monitor ceph "${conf[@]}" --connect-timeout 2 mon stat
  ceph "${conf[@]}" config set mon auth_allow_insecure_global_id_reclaim false >/dev/null 2>&1
}

start_manager() {
  ceph "${conf[@]}" auth get-or-create mgr.x mon 'allow profile mgr' osd 'allow *' mds 'allow *' >>keyring
  start mgr ceph-mgr "${conf[@]}" -i x -f
}

osd_is_up() { ceph "${conf[@]}" osd stat | grep -q '1 up'; }

start_disk() {
  local uuid secret
  uuid=$(cat /proc/sys/kernel/random/uuid)
  secret=$(ceph-authtool --gen-print-key)
  echo "{\"cephx_secret\":\"$secret\"}" | ceph "${conf[@]}" osd new "$uuid" -i - >/dev/null
  printf '[osd.0]\n\tkey = %s\n' "$secret" >>keyring
  ceph-osd "${conf[@]}" -i 0 --mkfs --osd-uuid "$uuid" >log/mkfs.out 2>&1
  start osd ceph-osd "${conf[@]}" -i 0 -f
  wait_for 30 disk osd_is_up
}

gateway_answers() { node -e "fetch('http://127.0.0.1:$gateway/').then((r) => process.exit(r.status === 200 ? 0 : 1), () => process.exit(1))"; }

start_gateway() {
  start rgw radosgw "${conf[@]}" -n client.admin -f
  wait_for 90 gateway gateway_answers
  local access secret
  access="AKIA$(od -An -N8 -tx1 /dev/urandom | tr -d ' \n' | tr a-f A-F)"
  secret=$(od -An -N20 -tx1 /dev/urandom | tr -d ' \n')
  radosgw-admin "${conf[@]}" user create --uid=conformance --display-name=conformance --access-key="$access" --secret-key="$secret" >/dev/null 2>log/user.out
  printf '%s\n' "http://127.0.0.1:$gateway" "$access" "$secret" >endpoint
}

folder=${1:?usage: up.sh FOLDER}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
cd "$folder"
[ -z "$(ls -A)" ] || { echo "radosgw: $folder is not empty; name a new folder" >&2; exit 1; }
install_packages
mkdir -p mon mgr osd run log
fsid=$(cat /proc/sys/kernel/random/uuid)
read -r mon_v2 mon_v1 gateway <<<"$(free_ports 3)"
conf=(-c "$folder/ceph.conf")
write_configuration
start_monitor
start_manager
start_disk
start_gateway
