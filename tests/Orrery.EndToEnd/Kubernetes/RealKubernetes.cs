using System.Diagnostics;
using Orrery.Kubernetes;

namespace Orrery.EndToEnd.Kubernetes;

/// <summary>The cluster of KUBECONFIG, when ORRERY_KUBERNETES=1 says that it may be used.</summary>
public sealed class RealKubernetes : KubernetesFixture
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(30);

    public override string? Missing => Environment.GetEnvironmentVariable("ORRERY_KUBERNETES") == "1" ? null : "ORRERY_KUBERNETES is not 1: no real cluster is used";

    public override string WebServer => "exec httpd -f -p 8000";

    /// <summary>Kills the API server of this machine and starts the same again, half a minute later at the earliest. Controllers that give up meanwhile are started again too.</summary>
    public override async Task Interrupt(Func<Task> meanwhile)
    {
        var programs = new[] { "kube-apiserver", "kube-controller-manager", "kube-scheduler" }.SelectMany(Process.GetProcessesByName).Select(Program.Of).ToList();
        Assert.SkipUnless(programs.Count == 3, "the control plane does not run on this machine, so it cannot be stopped");
        var clock = TimeProvider.System;
        var stopped = clock.GetTimestamp();
        await programs[0].Kill();
        try
        {
            await meanwhile();
            await Wait.Until("half a minute", () => Task.FromResult(clock.GetElapsedTime(stopped) > Outage), TimeSpan.FromMinutes(1));
        }
        finally
        {
            await programs[0].Start();
            await Wait.Until("the API server", Answers, TimeSpan.FromMinutes(1));
            foreach (var program in programs.Where(program => !program.IsRunning))
                await program.Start();
        }
    }

    protected override Task<string> StartCluster() =>
        Task.FromResult(Environment.GetEnvironmentVariable("KUBECONFIG") ?? throw new InvalidOperationException("KUBECONFIG names no cluster."));

    private async Task<bool> Answers()
    {
        try
        {
            await Cluster.Namespaces.Page(new Selection(), 1, from: null, TestContext.Current.CancellationToken);
            return true;
        }
        catch (KubernetesException)
        {
            return false;
        }
    }

    /// <summary>A program of the cluster, as it was started.</summary>
    private sealed record Program(Process Process, string[] Command, string Folder)
    {
        public bool IsRunning => !Process.HasExited;

        public static Program Of(Process process) => new(
            process, File.ReadAllText($"/proc/{process.Id}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries), new FileInfo($"/proc/{process.Id}/cwd").LinkTarget!);

        public Task Kill()
        {
            Process.Kill();
            return Process.WaitForExitAsync();
        }

        /// <summary>In a session of its own; whoever stops the cluster finds it by the id that it keeps there.</summary>
        public async Task Start()
        {
            const string Script = """log=$1; shift; setsid "$@" >>"$log" 2>&1 </dev/null & echo $!""";
            var name = Path.GetFileName(Command[0]).Replace("kube-", "", StringComparison.Ordinal);
            var start = new ProcessStartInfo("bash", ["-c", Script, "restart", Path.Combine(Folder, $"{name}.log"), .. Command]) { UseShellExecute = false, WorkingDirectory = Folder, RedirectStandardOutput = true };
            using var shell = Process.Start(start)!;
            await File.WriteAllTextAsync(Path.Combine(Folder, $"{name}.pid"), await shell.StandardOutput.ReadLineAsync());
        }
    }
}
