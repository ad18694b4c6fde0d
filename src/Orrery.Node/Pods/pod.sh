#!/bin/sh
# The supervisor of one container, started with setsid by the node and independent of it.
#   pod.sh shim DIR         stays: starts the container, writes its exit code, waits until the node has all output
#   pod.sh enter DIR SHIM   becomes the container's namespaces
#   pod.sh init DIR         process 1 of the container
# DIR/plan holds the settings. Descriptors: 3 output, 8 the user's command, 9 DIR (it stays open when its path is hidden).
stage=$1 dir=$2 shim=${3:-}
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
cd "$dir" || exit 125
. ./plan || exit 125

identity() { # its pid as the machine sees it, its start time in ticks, the boot
    read -r boot </proc/sys/kernel/random/boot_id
    read -r stat </proc/self/stat
    set -- $stat
    echo "$1 ${22} $boot" >"$dir/$name" # one write, and none is as if it had not begun
}

warn() { echo "$*" >>"$dir/warnings"; }

# Read and write: that never waits for a node that is not there.
tell() { [ ! -p "$wake" ] || echo "$workload" 1<>"$wake"; }

ptsoptions=newinstance,ptmxmode=666,mode=620,nosuid,noexec # others of the workspace, who have the same user, open no one's terminal

mounts() { # all that can be said in a table, by one program; the table knows no odd characters, and a mount of the same name would be left out
    case $dir$tmp in *[!A-Za-z0-9_./:-]*) return 1 ;; esac
    printf '%s 0 0\n' "$veth$hostname-proc /proc proc nosuid,nodev,noexec" "$veth$hostname-shm /dev/shm tmpfs size=$shm,mode=1777,nosuid,nodev" \
        "$veth$hostname-pts /dev/pts devpts $ptsoptions" \
        "$dir/hosts /etc/hosts none bind" "$tmp /tmp none bind" "/tmp /var/tmp none bind" \
        "$veth$hostname-run /run tmpfs size=64k,mode=755,nosuid,nodev,noexec" >"$dir/fstab" && mount -a -T "$dir/fstab" 2>/dev/null
}

network() { # an own network namespace with one address on the bridge; the node removes its name after the end
    [ ! -e "/run/netns/$netns" ] || ip netns del "$netns"
    [ ! -e "/sys/class/net/$veth" ] || ip link del "$veth"
    printf '%s\n' "netns add $netns" "link add $veth type veth peer name eth0 netns $netns address $mac" "link set $veth master $bridge up" | ip -batch - &&
        printf '%s\n' "addr add $ip/24 dev eth0" "link set lo up" "link set eth0 up" | ip -n "$netns" -batch -
    # No default route: there is nothing behind the bridge, and a name server that cannot be reached is known so at once.
} 2>>"$dir/network.log"

case $stage in
shim)
    set -C; { command : >claim; } 2>/dev/null || exit 0 # another start was first, or a node that gave up on this one
    set +C
    exec 3<>"$fifo" </dev/null >/dev/null 2>&1
    name=shim; identity
    if [ -n "$netns" ] && ! network; then
        warn "no network of its own: $(tail -n 1 network.log)"
        until echo 125 >exit; do sleep 1; done # never in the machine's network
        tell
        read -r _ <ack
        exit
    fi
    # Everything below dies with this shell, whatever kills it.
    (for group in $cgroups; do echo 0 >"$group" || warn "$group cannot be joined"; done
     exec setpriv --pdeathsig KILL /bin/sh "$script" enter "$dir" $$ 9<"$dir" 8<run.sh)
    # Without a word of process 1 it was killed; what unshare returns then says little.
    code=137
    [ ! -s code ] || read -r code <code
    until echo "$code" >exit; do sleep 1; done # the disk may be full
    tell
    read -r _ <ack
    ;;
enter)
    [ "$PPID" = "$shim" ] || exit 125
    case $mode in
    root)
        exec ${netns:+nsenter --net="/run/netns/$netns"} unshare --pid --fork --kill-child --mount --ipc --uts /bin/sh "$script" init "$dir" ;;
    user) exec unshare --user --map-current-user --pid --fork --kill-child --mount --ipc --uts --keep-caps /bin/sh "$script" init "$dir" ;;
    *) exec /bin/sh "$script" init "$dir" ;;
    esac
    ;;
init)
    name=init; identity; tell
    if [ $mode != plain ]; then
        warn() { echo "$*" >>/proc/self/fd/9/warnings; }
        if ! mounts; then # one by one: some may be done without
            mount -t proc -o nosuid,nodev,noexec proc /proc || exit 125
            mount -t tmpfs -o "size=$shm,mode=1777,nosuid,nodev" shm /dev/shm || warn "/dev/shm is shared with the machine"
            mount -t devpts -o "$ptsoptions" pts /dev/pts || warn "terminals are shared with the machine"
            mount --bind "$dir/hosts" /etc/hosts || warn "names of pods are not in /etc/hosts"
            mount --bind "$tmp" /tmp || { warn "/tmp could not be made private"; exit 125; }
            [ ! -d /var/tmp ] || mount --bind /tmp /var/tmp || { warn "/var/tmp could not be made private"; exit 125; }
            mount -t tmpfs -o size=64k,mode=755,nosuid,nodev,noexec run /run || warn "/run is shared with the machine"
        fi
        [ ! -d "$data" ] || mount -t tmpfs -o size=4k,mode=700 hidden "$data" || exit 125
        { echo "$hostname" >/proc/sys/kernel/hostname; } 2>/dev/null || hostname "$hostname" || warn "the host name is the machine's"
    fi
    drop=
    [ $mode != user ] || drop="--bounding-set -all --inh-caps -all --ambient-caps -all"
    [ -z "$uid" ] || drop="--reuid $uid --regid $uid --clear-groups --bounding-set -all --inh-caps -all"
    [ $mode != plain ] || drop="$drop --pdeathsig KILL"
    ulimit -c 0
    [ -z "$datalimit" ] || ulimit -d "$datalimit" || warn "memory is not limited"
    cd "$home" || exit 125
    setpriv --no-new-privs $drop -- env -i /bin/sh <&8 >&3 2>&3 3>&- 8<&- 9<&-
    code=$?
    # On a demanded stop the rest may end in its own way; the node limits the time.
    if [ $mode != plain ] && [ -e /proc/self/fd/9/stop ]; then
        while kill -s 0 -- -1; do sleep 0.05; done
    fi
    until echo $code >/proc/self/fd/9/code; do sleep 1; done
    ;;
esac
