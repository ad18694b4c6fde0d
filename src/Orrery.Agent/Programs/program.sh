#!/bin/sh
# Runs the program of one stage for an agent, and ends all of it when the agent is gone.
#   program.sh start MODE WORK DATA   stays until the program has ended; standard input is open as long as the agent lives
#   program.sh enter MODE WORK DATA   has namespaces of its own (mode root): makes WORK/tmp its /tmp, hides DATA, leaves root
# WORK/tmp/program has in, out, state and run.sh, which sets the program's variables: none of them is set here, where root
# runs. Limits come in the variables MEMORY_KB, FILE_BLOCKS and PROCESSES.
stage=$1 mode=$2 work=$3 data=$4
user=65534 # nobody

case $stage in
start)
    exec 3<&0 </dev/null
    if [ "$mode" = root ]; then
        home=$work/tmp/program
        chown -R "$user:$user" "$home/out" "$home/state" "$home/run.sh" && chmod -R a+rX "$home/in" && chmod 755 "$home" && chmod 1777 "$work/tmp" || exit 125
        setsid unshare --pid --fork --kill-child --mount --ipc --uts --net /bin/sh "$0" enter "$mode" "$work" "$data" 3<&- &
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
    if [ "$mode" = root ]; then
        ulimit -p "$PROCESSES" || exit 125
        ip link set lo up 2>/dev/null # the only link there is
        mount -t proc -o nosuid,nodev,noexec proc /proc && mount --bind "$work/tmp" /tmp && { [ ! -d /var/tmp ] || mount --bind /tmp /var/tmp; } || exit 125
        [ ! -d "$data" ] || mount -t tmpfs -o size=4k,mode=700 hidden "$data" || exit 125 # gone already when it was below /tmp
        cd /tmp/program || exit 125
        exec setpriv --no-new-privs --reuid "$user" --regid "$user" --clear-groups --bounding-set -all --inh-caps -all env -i /bin/sh ./run.sh
    fi
    cd "$work/tmp/program" || exit 125
    exec setpriv --no-new-privs env -i /bin/sh ./run.sh
    ;;
esac
