using System.Runtime.CompilerServices;
using Orrery.Kubernetes.Http;
using Orrery.Kubernetes.Objects;

namespace Orrery.Kubernetes.Watching;

/// <summary>Lists, then watches from there, resumes when the server ends a watch, and lists again when it has forgotten.</summary>
internal sealed class Watcher<T>(ApiConnection connection, ResourceClient<T> resource, Selection selection)
    where T : IKubernetesObject
{
    public async IAsyncEnumerable<WatchEvent<T>> Follow([EnumeratorCancellation] CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var listed = await ListAll(ct);
            yield return listed;
            var version = listed.ResourceVersion;
            var isGone = false;
            while (!isGone)
            {
                var start = connection.Options.Clock.GetTimestamp();
                var seen = 0;
                await using var events = Watch(version, ct).GetAsyncEnumerator(ct);
                while (true)
                {
                    try
                    {
                        if (!await events.MoveNextAsync())
                            break;
                    }
                    catch (KubernetesGoneException)
                    {
                        isGone = true;
                        break;
                    }
                    seen++;
                    version = VersionOf(events.Current) ?? version;
                    yield return events.Current;
                }
                if (!isGone && seen == 0)
                    await Rest(start, ct);
            }
        }
    }

    /// <summary>One watch from a version to its end.</summary>
    /// <exception cref="KubernetesGoneException">The version is too old.</exception>
    private async IAsyncEnumerable<WatchEvent<T>> Watch(string version, [EnumeratorCancellation] CancellationToken ct)
    {
        var call = ApiCall.Get(resource.Type.Path(selection.Namespace)) with { Query = Query(version) };
        using var response = await connection.Open(call, ct);
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        await using var lines = LineReader.Read(stream, connection.Options.LongestWatchLine, cuts: false, ct).GetAsyncEnumerator(ct);
        while (await Next(lines, ct))
        {
            if (!lines.Current.IsEmpty)
                yield return WatchFrame.Read(lines.Current, resource.Type.Item);
        }
    }

    /// <summary>A watch that breaks off has ended like any other: the next one finds the server or says that it is gone.</summary>
    private static async Task<bool> Next(IAsyncEnumerator<System.Buffers.ReadOnlySequence<byte>> lines, CancellationToken ct)
    {
        try
        {
            return await lines.MoveNextAsync();
        }
        catch (Exception e) when (e is HttpRequestException or IOException && !ct.IsCancellationRequested)
        {
            return false;
        }
    }

    private QueryText Query(string version) => new QueryText()
        .Add("watch", true)
        .Add("allowWatchBookmarks", true)
        .Add("resourceVersion", version)
        .Add("timeoutSeconds", (long)Math.Max(1, connection.Options.WatchTimeout.TotalSeconds))
        .Add("labelSelector", selection.LabelSelector)
        .Add("fieldSelector", selection.FieldSelector);

    /// <summary>A server that ends watches at once is not asked in a circle.</summary>
    private async Task Rest(long start, CancellationToken ct)
    {
        var spent = connection.Options.Clock.GetElapsedTime(start);
        if (spent < connection.Options.RetryDelay)
            await Task.Delay(connection.Options.RetryDelay - spent, connection.Options.Clock, ct);
    }

    private async Task<WatchEvent<T>.Listed> ListAll(CancellationToken ct)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var items = new List<T>();
                string? version = null;
                await foreach (var page in resource.Pages(selection, ct))
                {
                    items.AddRange(page.Items);
                    version = page.Metadata.ResourceVersion;
                }
                return new WatchEvent<T>.Listed(items, version ?? throw new KubernetesProtocolException($"A list of {resource.Type.Plural} has no resource version."));
            }
            catch (KubernetesGoneException) when (attempt < connection.Options.Retries)
            {
                // the continue token was too old: from the first page again
            }
        }
    }

    private static string? VersionOf(WatchEvent<T> told) => told switch
    {
        WatchEvent<T>.Changed changed => changed.Item.Metadata.ResourceVersion,
        WatchEvent<T>.Deleted deleted => deleted.Item.Metadata.ResourceVersion,
        WatchEvent<T>.Bookmark bookmark => bookmark.ResourceVersion,
        _ => null,
    };
}
