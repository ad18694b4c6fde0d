using System.Net;
using Orrery.Client;
using Orrery.Client.Agents;
using Orrery.Contracts.Agents;
using Orrery.Contracts.Deployments;
using Orrery.Contracts.Workloads;

namespace Orrery.Agent.Tests.Fakes;

/// <summary>A server in memory that can refuse, fail, and lose its answers.</summary>
internal sealed class FakeServer : IAgentApi
{
    public static readonly Uri Address = new("http://orrery.test");

    private readonly Dictionary<string, string> ids = [];

    public Queue<AgentWork> Work { get; } = [];

    public List<EventPost> Events { get; } = [];

    public List<RegisterRequest> Registrations { get; } = [];

    public List<TelemetryRequest> Readings { get; } = [];

    public List<DateTimeOffset> Polls { get; } = [];

    public string Status { get; set; } = "running";

    public int EventCalls { get; private set; }

    /// <summary>Events that came again although they had been answered.</summary>
    public int RepeatsOfAnswered { get; private set; }

    public Func<Exception?> OnRegister { get; set; } = () => null;

    public Func<Exception?> OnPoll { get; set; } = () => null;

    /// <summary>Fails a call with events before anything is stored.</summary>
    public Func<int, Exception?> BeforeEvents { get; set; } = _ => null;

    /// <summary>Stores the events of a call, but loses the answer.</summary>
    public Func<int, bool> LosesAnswer { get; set; } = _ => false;

    /// <summary>The result of an event that is not taken.</summary>
    public Func<EventPost, EventPostResult?> Refuses { get; set; } = _ => null;

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public IEnumerable<string> Types => Events.Select(post => post.Type!);

    private HashSet<string> Answered { get; } = [];

    public static OrreryUnreachableException Unreachable() => new(Address, new HttpRequestException("the link is lost"));

    public static OrreryApiException Refusal(HttpStatusCode status) => new(status, $"http_{(int)status}", $"refused with {(int)status}");

    public Dictionary<string, byte[]> Inputs { get; } = [];

    public Dictionary<string, byte[]> Artifacts { get; } = [];

    /// <summary>Fails a transfer of a file.</summary>
    public Func<Exception?> OnFile { get; set; } = () => null;

    public async Task Input(string deploymentId, ProgramFile input, Stream destination, CancellationToken cancellation = default)
    {
        if (OnFile() is { } error)
            throw error;
        await destination.WriteAsync(Inputs[input.Path], cancellation);
    }

    public async Task<ArtifactStored> PutArtifact(string deploymentId, string name, FileInfo file, CancellationToken cancellation = default)
    {
        if (OnFile() is { } error)
            throw error;
        var bytes = Artifacts[name] = await File.ReadAllBytesAsync(file.FullName, cancellation);
        var sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        return new ArtifactStored("sha256-" + sha256, sha256, bytes.Length);
    }

    public Task<RegisterResponse> Register(RegisterRequest request, CancellationToken cancellation = default)
    {
        if (OnRegister() is { } error)
            return Task.FromException<RegisterResponse>(error);
        Registrations.Add(request);
        return Task.FromResult(new RegisterResponse("agt-1", "idle"));
    }

    public Task<AgentWork?> Poll(CancellationToken cancellation = default)
    {
        Polls.Add(Clock.GetUtcNow());
        return OnPoll() is { } error ? Task.FromException<AgentWork?>(error) : Task.FromResult(Work.TryDequeue(out var work) ? work : null);
    }

    public Task<TelemetryResponse> Telemetry(TelemetryRequest request, CancellationToken cancellation = default)
    {
        Readings.Add(request);
        return Task.FromResult(new TelemetryResponse(true, null));
    }

    public Task<IReadOnlyList<EventPostResult>> PostEvents(
        string deploymentId, IReadOnlyList<EventPost> events, CancellationToken cancellation = default)
    {
        var call = EventCalls++;
        if (BeforeEvents(call) is { } error)
            return Task.FromException<IReadOnlyList<EventPostResult>>(error);
        RepeatsOfAnswered += events.Count(post => Answered.Contains(post.Key!));
        IReadOnlyList<EventPostResult> results = [.. events.Select(post => Refuses(post) ?? Store(post))];
        if (LosesAnswer(call))
            return Task.FromException<IReadOnlyList<EventPostResult>>(Unreachable());
        Answered.UnionWith(events.Zip(results).Where(pair => pair.Second.Status == 201).Select(pair => pair.First.Key!));
        return Task.FromResult(results);
    }

    public Task<string> DeploymentStatus(string deploymentId, CancellationToken cancellation = default) => Task.FromResult(Status);

    private EventPostResult Store(EventPost post)
    {
        if (!ids.TryGetValue(post.Key!, out var id))
        {
            ids[post.Key!] = id = $"evt-{ids.Count}";
            Events.Add(post);
        }

        return new EventPostResult(201, id, null);
    }
}
