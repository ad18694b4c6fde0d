using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Api;

/// <summary>Streams changes, a line each.</summary>
internal sealed class Watches(ObjectStore store, Action<string, string> podTold, TimeProvider clock) : IDisposable
{
    private CancellationTokenSource ending = new();
    private TaskCompletionSource bookmarks = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends all watches that are open, as a server does now and then.</summary>
    public void EndAll()
    {
        using var old = Interlocked.Exchange(ref ending, new CancellationTokenSource());
        old.Cancel();
    }

    /// <summary>Tells every watch that wants bookmarks how far it has come.</summary>
    public void SendBookmarks() => Interlocked.Exchange(ref bookmarks, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    public async Task Stream(HttpContext http, RequestPath path, Selectors selectors)
    {
        var query = http.Request.Query;
        var version = long.TryParse(query["resourceVersion"], out var asked) ? asked : store.Version;
        var wantsBookmarks = query["allowWatchBookmarks"] == "true";
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, ending.Token);
        if (int.TryParse(query["timeoutSeconds"], out var seconds))
            _ = EndAfter(TimeSpan.FromSeconds(seconds), end);
        http.Response.ContentType = "application/json";
        await http.Response.StartAsync(http.RequestAborted);
        try
        {
            store.CheckRemembered(version);
            while (!end.IsCancellationRequested)
            {
                var (changed, bookmark) = (store.Changed, bookmarks.Task);
                foreach (var change in store.Since(version))
                {
                    version = change.Version;
                    if (change.Key.Resource == path.Kind.Resource && (path.Namespace is null || change.Key.Namespace == path.Namespace))
                        await Tell(http, selectors, change, end.Token);
                }
                await http.Response.Body.FlushAsync(end.Token);
                await Task.WhenAny(changed, bookmark).WaitAsync(end.Token);
                if (bookmark.IsCompleted && wantsBookmarks && !changed.IsCompleted)
                    await Write(http, "BOOKMARK", new JsonObject { ["kind"] = path.Kind.Kind, ["apiVersion"] = path.Kind.ApiVersion, ["metadata"] = new JsonObject { ["resourceVersion"] = $"{store.Version}" } }, end.Token);
            }
        }
        catch (RefusalException gone)
        {
            await Write(http, "ERROR", gone.Status(), http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // it has lasted long enough, or its reader has gone
        }
    }

    public void Dispose() => ending.Dispose();

    private async Task EndAfter(TimeSpan time, CancellationTokenSource end)
    {
        try
        {
            await Task.Delay(time, clock, end.Token);
            await end.CancelAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // it has ended before
        }
    }

    private async Task Tell(HttpContext http, Selectors selectors, StoredEvent change, CancellationToken ct)
    {
        var was = change.Before is not null && selectors.Match(change.Before);
        var isNow = change.Now is not null && selectors.Match(change.Now);
        if (isNow && change.Key.Resource == "pods" && change.Now.Text("status", "phase") is { } phase)
            podTold(change.Key.Name, phase);
        if (isNow)
            await Write(http, was ? "MODIFIED" : "ADDED", change.Now!, ct);
        else if (was)
            await Write(http, "DELETED", Last(change), ct);
    }

    private static JsonObject Last(StoredEvent change)
    {
        var last = change.Before!.Copy();
        last.Meta()["resourceVersion"] = $"{change.Version}";
        return last;
    }

    private static async Task Write(HttpContext http, string type, JsonObject item, CancellationToken ct) =>
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"{{\"type\":\"{type}\",\"object\":{item.ToJsonString()}}}\n"), ct);
}
