namespace Orrery.Client.Http;

internal static class ServerAddress
{
    /// <summary>The server's root with a trailing slash, from an address with or without <c>/v1</c>.</summary>
    public static Uri Root(Uri address)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
            throw new ArgumentException($"'{address}' is not an address: expected http://host:port or https://host.", nameof(address));
        var path = address.AbsolutePath.TrimEnd('/');
        if (path.EndsWith("/v1", StringComparison.Ordinal))
            path = path[..^3];
        return new UriBuilder(address) { Path = path + "/", Query = "", Fragment = "" }.Uri;
    }

    /// <summary>The timeout is the retry pipeline's; a stream may stay open for hours.</summary>
    public static HttpClient Patient(this HttpClient http)
    {
        http.Timeout = Timeout.InfiniteTimeSpan;
        return http;
    }
}
