using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Orrery.Client.Http;

internal static class ResponseBody
{
    /// <summary>The body of a successful answer.</summary>
    /// <exception cref="OrreryApiException">It is not what was expected: probably not an Orrery server.</exception>
    public static async Task<T> Read<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
                return await JsonSerializer.DeserializeAsync(body, type, cancellation).ConfigureAwait(false) ?? throw Unreadable("null");
        }
        catch (JsonException e)
        {
            throw Unreadable(e.Message);
        }

        OrreryApiException Unreadable(string why) =>
            new(response.StatusCode, "unreadable_answer", $"{response.RequestMessage?.RequestUri} did not answer a {typeof(T).Name}: {why}");
    }
}
