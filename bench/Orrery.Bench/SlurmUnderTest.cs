using System.Diagnostics;

namespace Orrery.Bench;

/// <summary>Debian's Slurm with one node on this machine, its files in a folder of its own.</summary>
internal sealed class SlurmUnderTest : IDisposable
{
    private const int Cores = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string folder = Directory.CreateTempSubdirectory("orrery-slurm-").FullName;
    private readonly List<Process> daemons = [];

    private SlurmUnderTest() => File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);

    public string Version { get; private set; } = "";

    private string Configuration => Path.Combine(folder, "slurm.conf");

    public static SlurmUnderTest Start()
    {
        var slurm = new SlurmUnderTest();
        slurm.Launch();
        return slurm;
    }

    /// <summary>Submits one by one from several shells, and returns when the queue is empty.</summary>
    public void RunJobs(int count, int submitters)
    {
        Shell($"cd {folder}; seq {count} | xargs -P {submitters} -I NUMBER sbatch --parsable --output=/dev/null --wrap=true > submitted.log 2>&1; test $(wc -l < submitted.log) -eq {count}");
        WaitFor(() => Shell("squeue --noheader | wc -l").Trim() == "0", TimeSpan.FromMinutes(10));
    }

    public void Dispose()
    {
        foreach (var daemon in daemons)
        {
            if (!daemon.HasExited)
                daemon.Kill(entireProcessTree: true);
            daemon.Dispose();
        }
        Directory.Delete(folder, recursive: true);
    }

    private void Launch()
    {
        var host = Shell("hostname -s").Trim();
        Shell($"install -d -o munge -g munge -m 0755 /run/munge; mkdir -p {folder}/state {folder}/spool; pgrep -x munged >/dev/null || runuser -u munge -- munged");
        File.WriteAllText(
            Configuration,
            $"""
             ClusterName=bench
             SlurmctldHost={host}(127.0.0.1)
             SlurmUser=root
             AuthType=auth/munge
             SlurmctldPort=16817
             SlurmdPort=16818
             StateSaveLocation={folder}/state
             SlurmdSpoolDir={folder}/spool
             SlurmctldPidFile={folder}/slurmctld.pid
             SlurmdPidFile={folder}/slurmd.pid
             ProctrackType=proctrack/linuxproc
             TaskPlugin=task/none
             SchedulerType=sched/backfill
             SelectType=select/cons_tres
             SelectTypeParameters=CR_Core
             MaxJobCount=20000
             ReturnToService=2
             NodeName={host} NodeAddr=127.0.0.1 CPUs={Cores} State=UNKNOWN
             PartitionName=all Nodes={host} Default=YES MaxTime=INFINITE State=UP
             """);
        Daemon("slurmctld", "-D");
        Daemon("slurmd", "-D");
        WaitFor(() => Shell("sinfo --noheader -o %t || true").Trim() == "idle", Patience);
        Version = Shell("sbatch --version").Trim().Replace("slurm-wlm ", "");
    }

    private void Daemon(string program, string argument)
    {
        var start = new ProcessStartInfo(program, [argument, "-f", Configuration]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        var daemon = Process.Start(start)!;
        daemon.BeginOutputReadLine();
        daemon.BeginErrorReadLine();
        daemons.Add(daemon);
    }

    private string Shell(string command) => PostgresUnderTest.Shell($"export SLURM_CONF={Configuration}; {command}");

    private static void WaitFor(Func<bool> holds, TimeSpan patience)
    {
        var clock = TimeProvider.System;
        for (var start = clock.GetTimestamp(); !holds();)
        {
            if (clock.GetElapsedTime(start) > patience)
                throw new TimeoutException("Slurm did not get there.");
            Task.Delay(TimeSpan.FromMilliseconds(50), clock).Wait();
        }
    }
}
