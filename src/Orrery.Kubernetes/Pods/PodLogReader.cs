using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Orrery.Kubernetes.Http;

namespace Orrery.Kubernetes.Pods;

/// <summary>Reads the log of a container.</summary>
internal sealed class PodLogReader(ApiConnection connection)
{
    public async IAsyncEnumerable<PodLogLine> Read(string path, PodLogOptions options, [EnumeratorCancellation] CancellationToken ct)
    {
        var call = ApiCall.Get(path) with { Query = Query(options), IsTimed = !options.Follow };
        using var response = await connection.Open(call, ct);
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        await using var lines = LineReader.Read(stream, connection.Options.LongestLogLine, cuts: true, ct).GetAsyncEnumerator(ct);
        while (await Next(lines, ct))
            yield return Line(lines.Current, options.Timestamps);
    }

    private async Task<bool> Next(IAsyncEnumerator<ReadOnlySequence<byte>> lines, CancellationToken ct)
    {
        try
        {
            return await lines.MoveNextAsync();
        }
        catch (Exception e) when (e is HttpRequestException or IOException && !ct.IsCancellationRequested)
        {
            throw connection.BrokeOff(e);
        }
    }

    private static QueryText Query(PodLogOptions options) => new QueryText()
        .Add("container", options.Container)
        .Add("follow", options.Follow)
        .Add("tailLines", (long?)options.Tail)
        .Add("sinceTime", options.Since?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture))
        .Add("timestamps", options.Timestamps)
        .Add("previous", options.Previous);

    private static PodLogLine Line(in ReadOnlySequence<byte> bytes, bool hasTime)
    {
        var text = Encoding.UTF8.GetString(bytes);
        if (!hasTime)
            return new PodLogLine(null, text);
        var space = text.IndexOf(' ');
        var stamp = space < 0 ? text : text[..space];
        return DateTimeOffset.TryParse(stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new PodLogLine(time, space < 0 ? "" : text[(space + 1)..])
            : new PodLogLine(null, text);
    }
}
