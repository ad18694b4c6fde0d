#!/bin/sh
# Runs the program of one stage for an agent, and ends all of it when the agent is gone.
#   program.sh start MODE WORK DATA   stays until the program has ended; standard input is open as long as the agent lives
#   program.sh enter MODE WORK DATA   has namespaces of its own (mode root): makes WORK/tmp its /tmp, hides DATA, leaves root
# WORK/tmp/program has in, out, state and run.sh; limits come in the variables MEMORY_KB and FILE_BLOCKS.
stage=$1 mode=$2 work=$3 data=$4
user=65534 # nobody

case $stage in
start)
    exec 3<&0 </dev/null
    if [ "$mode" = root ]; then
        chown -R "$user:$user" "$work/tmp/program/out" "$work/tmp/program/state" && chmod 1777 "$work/tmp" && chmod 755 "$work/tmp/program" || exit 125
        setsid unshare --pid --fork --kill-child --mount --ipc --uts /bin/sh "$0" enter "$mode" "$work" "$data" 3<&- &
    else
        setsid /bin/sh "$0" enter "$mode" "$work" "$data" 3<&- &
    fi
    program=$!
    { read -r _ <&3; kill -s KILL -- "-$program"; } 2>/dev/null &
    watch=$!
    wait "$program"
    code=$?
    kill "$watch" 2>/dev/null
    [ "$mode" = root ] || kill -s KILL -- "-$program" 2>/dev/null # what it left behind
    exit "$code"
    ;;
enter)
    ulimit -c 0
    ulimit -d "$MEMORY_KB" && ulimit -f "$FILE_BLOCKS" || exit 125
    unset MEMORY_KB FILE_BLOCKS
    if [ "$mode" = root ]; then
        mount -t proc -o nosuid,nodev,noexec proc /proc && mount --bind "$work/tmp" /tmp && { [ ! -d /var/tmp ] || mount --bind /tmp /var/tmp; } || exit 125
        [ ! -d "$data" ] || mount -t tmpfs -o size=4k,mode=700 hidden "$data" || exit 125 # gone already when it was below /tmp
        cd /tmp/program || exit 125
        exec setpriv --no-new-privs --reuid "$user" --regid "$user" --clear-groups --bounding-set -all --inh-caps -all /bin/sh ./run.sh
    fi
    cd "$work/tmp/program" || exit 125
    exec setpriv --no-new-privs /bin/sh ./run.sh
    ;;
esac
