using System.Diagnostics;
using System.Globalization;
using Orrery.Contracts.Runs;
using Orrery.Node.Hosting;
using Orrery.Node.Isolation;
using Orrery.Node.Pods;
using Orrery.Node.Posix;
using Orrery.Node.Protocol;
using Orrery.Node.Runs;

namespace Orrery.Node.Shells;

/// <summary>Starts a shell in a pod: in its namespaces and limits, as its user, with its environment.</summary>
internal sealed class ShellOpener(NodeServices node)
{
    /// <summary>In the host: takes the terminal, joins the limits, enters. Arguments: terminal ("" for pipes), environment, limits, then the command.</summary>
    private const string Outer =
        "ctty=; if [ -n \"$1\" ]; then exec <\"$1\" >\"$1\" 2>&1; ctty=--ctty; fi; exec 8<\"$2\"; for g in $3; do echo 0 >\"$g\"; done; shift 3; exec setsid $ctty \"$@\"";

    /// <summary>
    /// In the pod: the environment, the home, then the shell with the arguments that follow its name. Its prompt says
    /// where it is: the pod's user has no name that could be shown.
    /// </summary>
    private const string Inner =
        """. /proc/self/fd/8; exec 8<&-; export TERM=xterm-256color SHELL="$1" PROMPT_COMMAND='PS1="\\h:\\w\\$ "; unset PROMPT_COMMAND'; cd "$HOME"; exec "$@" """;

    /// <returns>Null when the pod does not run.</returns>
    /// <exception cref="IOException">The machine gives no terminal.</exception>
    public RunningShell? TryOpen(RunState state, PodState pod, string program, ShellRequest request)
    {
        var container = new PodLauncher(node).ContainerOf(pod);
        if (pod.Stop is not null || container.Look() != ContainerLife.Running || container.Init is not { } init)
            return null;
        var user = node.Machine.IsRoot ? node.Users.Of(state.Spec.WorkspaceId) : (uint?)null;
        var terminal = request.HasTerminal ? OpenTerminal(init.Pid, user, request) : null;
        var limits = node.Machine.Cgroups.Existing(PodLauncher.GroupOf(pod));
        string[] arguments =
        [
            "-c", Outer, "sh", terminal?.Name ?? "", Path.Combine(container.Folder, "env.sh"), string.Join(' ', limits),
            .. Enter(init.Pid), .. Become(user), "env", "-i", "/bin/sh", "-c", Inner, "sh", program, .. ShellArguments(request),
        ];
        var hasPipes = terminal is null;
        var start = new ProcessStartInfo("/bin/sh", arguments)
        {
            WorkingDirectory = "/",
            RedirectStandardInput = hasPipes,
            RedirectStandardOutput = hasPipes,
            RedirectStandardError = hasPipes,
        };
        var process = Process.Start(start)!;
        var record = Record(pod, process.Id);
        return new RunningShell(process, record, terminal);
    }

    private PseudoTerminal OpenTerminal(int init, uint? user, ShellRequest request)
    {
        var terminal = new PseudoTerminal(node.Machine.Mode == IsolationMode.Plain ? "" : $"/proc/{init}/root");
        terminal.Resize(new TerminalSize(request.Columns, request.Rows));
        if (user is { } owner)
            _ = Native.ChangeOwner(terminal.Name, owner, uint.MaxValue);
        return terminal;
    }

    /// <summary>Without a command a shell without a terminal reads its commands from the pipe.</summary>
    private static string[] ShellArguments(ShellRequest request) => request switch
    {
        { Command: { } command } => ["-c", command],
        { HasTerminal: true } => ["-i"],
        _ => [],
    };

    private string[] Enter(int pid) => node.Machine.Mode switch
    {
        IsolationMode.Root => ["nsenter", "--target", $"{pid}", "--mount", "--uts", "--ipc", "--net", "--pid", "--"],
        IsolationMode.User => ["nsenter", "--target", $"{pid}", "--user", "--preserve-credentials", "--mount", "--uts", "--ipc", "--pid", "--"],
        _ => [],
    };

    private static string[] Become(uint? user) => user is { } id
        ? ["setpriv", "--no-new-privs", "--reuid", $"{id}", "--regid", $"{id}", "--clear-groups", "--bounding-set=-all", "--inh-caps=-all", "--"]
        : ["setpriv", "--no-new-privs", "--"];

    /// <summary>Notes the shell's session with the pod, so that a later node knows its processes as a shell's.</summary>
    private string Record(PodState pod, int session)
    {
        var folder = Path.Combine(node.Folder.Pod(pod.PodId), "shells");
        Directory.CreateDirectory(folder);
        var record = Path.Combine(folder, session.ToString(CultureInfo.InvariantCulture));
        File.WriteAllText(record, "");
        return record;
    }
}
