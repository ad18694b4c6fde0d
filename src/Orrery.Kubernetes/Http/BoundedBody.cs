namespace Orrery.Kubernetes.Http;

/// <summary>Reads a body that may not be larger than it should.</summary>
internal static class BoundedBody
{
    private const int FirstBytes = 16 * 1024;

    /// <exception cref="KubernetesProtocolException">It is larger than <paramref name="limit"/>.</exception>
    public static async Task<ReadOnlyMemory<byte>> Read(HttpResponseMessage response, int limit, CancellationToken ct)
    {
        if (response.Content.Headers.ContentLength > limit)
            throw TooLarge(limit);
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var buffer = new byte[(int)Math.Min(response.Content.Headers.ContentLength + 1 ?? FirstBytes, limit + 1L)];
        var length = 0;
        int read;
        while ((read = await stream.ReadAsync(buffer.AsMemory(length), ct)) > 0)
        {
            length += read;
            if (length > limit)
                throw TooLarge(limit);
            if (length == buffer.Length)
                Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, limit + 1L));
        }
        return buffer.AsMemory(0, length);
    }

    private static KubernetesProtocolException TooLarge(int limit) => new($"The API server's answer is larger than the {limit} bytes that are read.");
}
