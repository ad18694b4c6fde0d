using Orrery.Contracts.Runs;
using Orrery.Node.Hosting;

namespace Orrery.Node.Pods;

/// <summary>Asks one container again and again whether it is well.</summary>
internal sealed class RunningProbe : IAsyncDisposable
{
    // A connection each time, as a new client would make; a redirect is an answer.
    private static readonly HttpClient Http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.Zero,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    private readonly CancellationTokenSource stop = new();
    private readonly NodeServices node;
    private readonly ProbeSpec spec;
    private readonly Uri address;
    private readonly Action wake;
    private readonly Task loop;
    private int failures;
    private volatile string problem = "";
    private volatile object? passing;

    public RunningProbe(NodeServices node, ProbeSpec spec, string ip, DateTimeOffset start, Action wake)
    {
        (this.node, this.spec, this.wake) = (node, spec, wake);
        address = new Uri($"http://{ip}:{spec.Port}/{spec.Path.TrimStart('/')}");
        loop = Run(start + TimeSpan.FromSeconds(spec.InitialDelayS));
    }

    /// <summary>Null until it has passed, or failed often enough.</summary>
    public bool? IsPassing => (bool?)passing;

    /// <summary>What the last failure was.</summary>
    public string Problem => problem;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task Run(DateTimeOffset first)
    {
        var delay = first - node.Now;
        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, node.Clock, stop.Token);
        var period = TimeSpan.FromSeconds(Math.Max(0.01, spec.PeriodS));
        while (!stop.IsCancellationRequested)
        {
            Note(await Ask());
            await Task.Delay(period, node.Clock, stop.Token);
        }
    }

    private void Note(string? failure)
    {
        failures = failure is null ? 0 : failures + 1;
        problem = failure ?? problem;
        bool? now = failure is null ? true : failures >= Math.Max(1, spec.FailureThreshold) ? false : IsPassing;
        if (now == IsPassing)
            return;
        passing = now;
        wake();
    }

    /// <returns>Null when it is well, else what is wrong.</returns>
    private async Task<string?> Ask()
    {
        try
        {
            using var limit = new CancellationTokenSource(node.Options.ProbeTimeout, node.Clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop.Token);
            using var answer = await Http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return (int)answer.StatusCode is >= 200 and < 400 ? null : $"{address} answered {(int)answer.StatusCode}";
        }
        catch (HttpRequestException e)
        {
            return $"{address}: {e.Message}";
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return $"{address} did not answer in {node.Options.ProbeTimeout.TotalSeconds} s";
        }
    }
}
