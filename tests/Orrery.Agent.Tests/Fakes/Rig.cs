using Microsoft.Extensions.Logging;

namespace Orrery.Agent.Tests.Fakes;

/// <summary>An agent on a fake clock, against a server in memory, with a real data folder.</summary>
internal sealed class Rig : IDisposable
{
    private readonly Pump pump;
    private readonly List<(Task Run, CancellationTokenSource Stop)> agents = [];

    public Rig()
    {
        pump = new Pump(Clock);
        Server.Clock = Clock;
    }

    public FakeClock Clock { get; } = new();

    public FakeServer Server { get; } = new();

    public Lines Log { get; } = new();

    public string Folder { get; set; } = Directory.CreateTempSubdirectory("orrery-agent-").FullName;

    public AgentOptions Options => new()
    {
        AgentId = "sat-25544",
        SatelliteId = "25544",
        ApiUrl = FakeServer.Address,
        ApiKey = "rs_test_secretsecretsecretsecretsecret",
        DataFolder = Folder,
    };

    public string Journal => Path.Combine(Folder, "journal.jsonl");

    public void Start(AgentOptions? options = null)
    {
        var stop = new CancellationTokenSource();
        var agent = new SatelliteAgent(options ?? Options, Log, Clock, Server);
        agents.Add((pump.Call(() => agent.Run(stop.Token)), stop));
    }

    public void Until(Func<bool> reached) => pump.Until(() => agents is [.., { Run.IsFaulted: true }] || reached());

    /// <summary>Ends the last agent in good order.</summary>
    public void Stop()
    {
        var (run, stop) = agents[^1];
        agents.RemoveAt(agents.Count - 1);
        pump.Call(() =>
        {
            stop.Cancel();
            return true;
        });
        pump.Until(() => run.IsCompleted);
        run.GetAwaiter().GetResult();
        stop.Dispose();
    }

    /// <summary>Kills the last agent: what follows begins with what is on the disk now.</summary>
    public void Kill()
    {
        var next = Directory.CreateTempSubdirectory("orrery-agent-").FullName;
        File.Copy(Journal, Path.Combine(next, "journal.jsonl"));
        Stop();
        Directory.Delete(Folder, recursive: true);
        Folder = next;
    }

    public void Dispose()
    {
        while (agents.Count > 0)
            Stop();
        pump.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    internal sealed class Lines : ILogger<SatelliteAgent>
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add($"{formatter(state, exception)} {exception}");
    }
}
