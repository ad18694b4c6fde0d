using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Orrery.Client.Http;

/// <summary>A file as the body of a request, with its hash, so that a broken transfer is found out (RFC 9530).</summary>
internal sealed record FileBody(FileInfo File, string Digest, string ContentType)
{
    public static async Task<FileBody> Of(FileInfo file, CancellationToken cancellation)
    {
        var stream = file.OpenRead();
        await using (stream.ConfigureAwait(false))
        {
            var hash = await SHA256.HashDataAsync(stream, cancellation).ConfigureAwait(false);
            return new FileBody(file, $"sha-256=:{Convert.ToBase64String(hash)}:", "application/octet-stream");
        }
    }

    /// <summary>Anew for each attempt.</summary>
    public HttpContent ToContent()
    {
        var content = new StreamContent(File.OpenRead());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        return content;
    }
}
