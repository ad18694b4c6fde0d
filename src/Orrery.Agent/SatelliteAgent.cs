using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orrery.Agent.Contacts;
using Orrery.Agent.Journal;
using Orrery.Agent.Programs;
using Orrery.Agent.Reporting;
using Orrery.Agent.Satellites;
using Orrery.Agent.Stages;
using Orrery.Agent.Work;
using Orrery.Client;
using Orrery.Client.Agents;

namespace Orrery.Agent;

/// <summary>
/// Speaks for a satellite: polls for work, executes its steps, and reports them through a journal in its data folder, so that
/// a lost link or a kill loses and repeats nothing.
/// </summary>
public sealed class SatelliteAgent
{
    private readonly AgentOptions options;
    private readonly ILogger logger;
    private readonly TimeProvider time;
    private readonly IAgentApi? given;
    private readonly SatelliteModel model;

    /// <param name="options">For which satellite, to whom, how often.</param>
    /// <param name="logger">Null: silent.</param>
    /// <param name="time">The wall clock.</param>
    /// <param name="api">The server; null: over HTTP, at the address in the options.</param>
    /// <exception cref="ArgumentException">An option cannot be, or contacts are asked for without elements.</exception>
    public SatelliteAgent(
        AgentOptions options, ILogger<SatelliteAgent>? logger = null, TimeProvider? time = null, IAgentApi? api = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Problem() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        this.options = options;
        this.logger = logger ?? NullLogger<SatelliteAgent>.Instance;
        this.time = time ?? TimeProvider.System;
        given = api;
        model = SatelliteModel.Of(options);
    }

    /// <summary>Works until it is cancelled; what is not reported by then is reported by the next run with the same data folder.</summary>
    /// <exception cref="IOException">The data folder cannot be used, or another agent uses it.</exception>
    /// <exception cref="JournalException">The journal in the data folder is not one.</exception>
    public async Task Run(CancellationToken ct)
    {
        Directory.CreateDirectory(options.DataFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); // work may hold secrets
        using var folder = new DataFolderLock(options.DataFolder);
        using var journal = new AgentJournal(Path.Combine(options.DataFolder, "journal.jsonl"));
        using var client = given is null ? Connect() : null;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await using var wake = ending.Token.Register(journal.Changed.Send);
        logger.Started(options.AgentId, options.SatelliteId, options.ApiUrl);
        var loops = Start(journal, new LimitedApi((given ?? client)!, options.ApiUrl, time), ending.Token);
        try
        {
            await await Task.WhenAny(loops);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Asked for; the journal keeps the rest.
        }
        finally
        {
            ending.Cancel();
            await Task.WhenAll(loops)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private Task[] Start(AgentJournal journal, IAgentApi api, CancellationToken ct)
    {
        var gate = new ContactGate(time, model.Contacts);
        var outbox = new Outbox(journal, api, gate, time, logger);
        var watch = new StatusWatch(api, outbox, gate, time, options.StatusInterval, logger);
        var programs = options.RunsPrograms ? new AgentPrograms(api, gate, options.DataFolder, Environment.IsPrivilegedProcess, time, logger) : null;
        var executor = new StageExecutor(journal, new StageRunner(journal, model.State, programs, time), watch, time, options.Speed, logger);
        var poll = new WorkPoll(journal, api, gate, time, model.Registration(options, time.GetUtcNow()), logger);
        var work = new WorkLoop(journal, outbox, poll, executor, time, options.PollInterval, logger);
        var telemetry = new TelemetryLoop(
            new TelemetryReading(options, journal, model.State, time), api, gate, time, options.TelemetryInterval, logger);
        return [outbox.Run(ct), work.Run(ct), telemetry.Run(ct)];
    }

    private AgentClient Connect() => new(
        new OrreryClientOptions { BaseAddress = options.ApiUrl, ApiKey = options.ApiKey, TimeProvider = time }, options.AgentId);
}
